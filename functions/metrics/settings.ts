import type { Surroundings } from "../lib/settings";

/** `settings.json` of `metrics`. */
export interface MetricsSettings extends Surroundings {
    /** `basic`: the six of every service; `stages`: those of its stages as well. */
    readonly metrics: "basic" | "stages";
    /** `service-pipelines/shop`. */
    readonly namespace: string;
}
