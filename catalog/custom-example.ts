import type { Around } from "./kind";

/** The custom actions of the examples: made for Jenkins, made otherwise, and there already. */
export const customActionsAround: Around = {
    stack: `
        customActions:
          build-server: { category: build, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }
          test-server: { category: test, provider: ShopJenkins, jenkins: "https://jenkins.example.com" }
          device-lab:
            category: test
            provider: DeviceLab
            create:
              properties: { Target: { key: true, description: What is tested } }
              inputs: [1, 1]
              outputs: [0, 0]
              executionUrl: "https://lab.example.com/runs/{ExternalExecutionId}"
          firmware: { category: build, provider: Firmware, version: "2" }
          mainframe: { category: deploy, provider: Mainframe, version: "3" }`,
};
