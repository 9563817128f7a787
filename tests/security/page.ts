import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = join(__dirname, "../../docs/least-privilege.md");

/** Cells of the rows of the page's tables, without their heads. */
export const rows = readFileSync(page, "utf8")
    .split("\n")
    .filter(line => line.startsWith("|") && !/^\| *(-|What)/.test(line))
    .map(line =>
        line
            .split("|")
            .slice(1, -1)
            .map(cell => cell.trim()),
    );

/** A row begins with a capital. */
export const asKey = (what: string) => what.charAt(0).toLowerCase() + what.slice(1);

/** Whom the page calls what; roles by their physical names. */
export const roles: Readonly<Record<string, string>> = {
    "orders pipeline": "shop--orders--pipeline",
    "orders build": "shop--orders--build",
    "orders suite": "shop--orders--integration",
    "orders schedule": "shop--orders--schedule",
    "payments pipeline": "shop--payments--pipeline",
    "payments build": "shop--payments--build",
    "payments deploy to dev": "shop--payments--deploy--dev",
    "payments deploy to prod": "shop--payments--deploy--prod",
    "payments check": "shop--payments--check--pipeline",
    "payments check build": "shop--payments--check--build",
    "`check`": "shop--fleet--check",
    "`notify`": "shop--fleet--notify",
    "`metrics`": "shop--fleet--metrics",
    "the flow log": "shop--fleet--flow-logs",
    "`rollback`": "shop--fleet--rollback",
    "`seal`": "shop--fleet--seal",
    "`verify`": "shop--fleet--verify",
};
