/** `value` to `digits` behind the point: sums of binary fractions are no numbers for people, nor for scripts. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Minutes as people read them: to the tenth. */
export const number = (minutes: number): string => String(rounded(minutes, 1));
