import { el, type Child } from "./dom";

/** `children` in a box that they may be wider than; an edge behind which there is more fades out. */
export function scrollBox(label: string, ...children: readonly Child[]): HTMLElement {
    const box = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, ...children);
    const look = () => {
        // Half a pixel is a rounded width.
        box.classList.toggle("more-before", box.scrollLeft > 1);
        box.classList.toggle("more-behind", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
    };
    box.addEventListener("scroll", look);
    // Of the box when the window changes; of what is in it when it is fitted to the width.
    const watcher = new ResizeObserver(look);
    [box, ...box.children].forEach(one => watcher.observe(one));
    return box;
}
