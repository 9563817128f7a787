import type { Report } from "../model";

/** The report that stands in the page. */
export async function readReport(): Promise<Report> {
    const text = document.getElementById("report")?.textContent ?? "";
    const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(inflated).text()) as Report;
}
