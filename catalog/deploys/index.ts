import { appConfig } from "./app-config";
import { cloudformation } from "./cloudformation";
import { codedeploy } from "./codedeploy";
import { custom } from "./custom";
import { ec2 } from "./ec2";
import { ecsBlueGreen } from "./ecs-blue-green";
import { ecs } from "./ecs";
import { eks } from "./eks";
import { elasticBeanstalk } from "./elastic-beanstalk";
import { lambda } from "./lambda";
import { none } from "./none";
import { pulumi } from "./pulumi";
import { s3 } from "./s3";
import { sam } from "./sam";
import { script } from "./script";
import { serviceCatalog } from "./service-catalog";
import { stackSet } from "./stack-set";

/** What brings a service into an environment. */
export const deploys = [
    appConfig,
    cloudformation,
    codedeploy,
    custom,
    ec2,
    ecsBlueGreen,
    ecs,
    eks,
    elasticBeanstalk,
    lambda,
    none,
    pulumi,
    s3,
    sam,
    script,
    serviceCatalog,
    stackSet,
] as const;
