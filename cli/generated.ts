import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines, readFleet } from "../config/read";
import { projectFolder } from "./options";
import { examplesOf } from "./reference/examples";
import { docstring, page } from "./reference/page";
import { pricesFile, pricesPage } from "./reference/prices";
import { plannedExample, type PlannedExample } from "./reference/planned";
import { documentedSorts, type DocumentedSort } from "./reference/sorts";

/** Folders whose whole content is made here. */
export const generatedFolders = ["docs/reference", "examples"] as const;

/** Stack of the examples: none of theirs is ever brought up. */
const exampleStack = "example";

/**
 * What the kind comes to in its example.
 *
 * @throws Error when the example has problems: a kind that cannot be shown is not done
 */
function planned(sort: DocumentedSort, type: string, file: string, text: string): PlannedExample {
    const source = fromFile(join(projectFolder, "examples", file), exampleStack, text);
    const { problems } = planStack(source);
    const { fleet } = readFleet(source);
    if (fleet === undefined || problems.length > 0) {
        throw new Error(`the example of ${type} has problems:\n  ${problemLines(problems).join("\n  ")}`);
    }
    return plannedExample(sort, fleet);
}

/** Every generated file of {@link generatedFolders}, by its path in the project. */
export function generated(): ReadonlyMap<string, string> {
    const files = new Map<string, string>();
    for (const sort of documentedSorts) {
        const examples = new Map(
            examplesOf(sort).map(({ file, text }, index) => [sort.kinds[index].type, { file, text }]),
        );
        for (const { file, text } of examples.values()) {
            files.set(`examples/${file}`, text);
        }
        files.set(
            `docs/reference/${sort.folder}.md`,
            page(
                sort,
                type => docstring(projectFolder, sort.folder, type),
                type => {
                    const { file, text } = examples.get(type) ?? { file: "", text: "" };
                    return sort.folder === "gates" ? undefined : planned(sort, type, file, text);
                },
            ),
        );
    }
    files.set(pricesFile, pricesPage());
    return files;
}

/** Files that lie in `folder`, by their path in the project. */
export function filesIn(folder: string): string[] {
    const path = join(projectFolder, folder);
    return existsSync(path)
        ? readdirSync(path, { recursive: true, withFileTypes: true })
              .filter(entry => entry.isFile())
              .map(({ parentPath, name }) => join(parentPath, name).slice(projectFolder.length + 1))
        : [];
}
