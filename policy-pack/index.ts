import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack";

new PolicyPack("service-pipelines", { policies: [...policies] });
