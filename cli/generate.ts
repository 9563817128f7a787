import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesIn, generated, generatedFolders } from "./generated";
import { noticeSchemaFile, noticeSchemaText } from "./notice-schema";
import { projectFolder } from "./options";
import { schemaFile, schemaText } from "./schema-file";

if (require.main === module) {
    const files = generated();
    generatedFolders
        .flatMap(filesIn)
        .filter(file => !files.has(file))
        .forEach(file => rmSync(join(projectFolder, file)));
    for (const [file, text] of files) {
        mkdirSync(dirname(join(projectFolder, file)), { recursive: true });
        writeFileSync(join(projectFolder, file), text);
    }
    writeFileSync(schemaFile, schemaText());
    writeFileSync(noticeSchemaFile, noticeSchemaText());
    process.stdout.write(`${files.size + 2} files\n`);
}
