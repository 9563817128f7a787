/** What `ask` says of each of `items`, in their order; no more than `atOnce` are asked at the same time. */
export async function inTurn<Item, Answer>(
    items: readonly Item[],
    atOnce: number,
    ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
    const answers: Answer[] = [];
    const left = items.entries();
    const worker = async () => {
        // All workers take from the same iterator.
        for (const [index, item] of left) {
            answers[index] = await ask(item);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return answers;
}
