import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { matrixOf } from "../../blueprint/stacks/matrix";
import { filesIn as stackFilesIn } from "../../config/from-file";
import { filesIn, generated, generatedFolders } from "../generated";
import { matrixFile, matrixText } from "../matrix-file";
import { noticeSchemaFile, noticeSchemaText } from "../notice-schema";
import { schemaFile, schemaText } from "../schema-file";
import { notKnown, ok, toDo, type Finding } from "./finding";

const textOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

/** What of the generated files is not as the sources say; the tests fail for the same. */
export function generatedFinding(folder: string): Finding {
    const what = "generated";
    const files = generated();
    const stale = [
        ...[...files].filter(([file, text]) => textOf(join(folder, file)) !== text).map(([file]) => file),
        ...generatedFolders.flatMap(filesIn).filter(file => !files.has(file)),
        ...(textOf(schemaFile) === schemaText() ? [] : ["docs/stack-file.schema.json"]),
        ...(textOf(noticeSchemaFile) === noticeSchemaText() ? [] : ["docs/notice.schema.json"]),
    ];
    return staleFinding(what, stale);
}

/** What {@link generatedFinding} says of files that are not as they should be. */
export const staleFinding = (what: string, stale: readonly string[]): Finding =>
    stale.length === 0
        ? ok(what, "docs/reference, examples and schemas are as the sources say")
        : toDo(
              what,
              `not as the sources say: ${stale.slice(0, 3).join(", ")}${stale.length > 3 ? `, … (${stale.length} files)` : ""}`,
              "`npm run generate` writes them",
          );

/** Whether the list of jobs for CI is as the stack files of `folder` say. */
export function matrixFinding(folder: string): Finding {
    const { matrix, problems } = matrixOf(stackFilesIn(folder));
    if (problems.length > 0) {
        return notKnown(matrixFile, "a stack file has problems", "`npm start -- --all` says which");
    }
    return textOf(join(folder, matrixFile)) === matrixText(matrix)
        ? ok(matrixFile, "as the stack files say")
        : toDo(matrixFile, "not as the stack files say", "`npm run matrix` writes it");
}
