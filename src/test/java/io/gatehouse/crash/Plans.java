package io.gatehouse.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up rollout plans: two to six steps, of which some fail, hang up, or report later. */
final class Plans {

    private static final List<String> STAGES =
            List.of("BACK_UP", "MIGRATE_DATABASE", "DEPLOY_APPLICATION", "DEPLOY_APPLICATION", "SHIFT_TRAFFIC");

    private final Random random;

    Plans(Random random) {
        this.random = random;
    }

    Map<String, Object> next() {
        List<Map<String, Object>> steps = new ArrayList<>();
        STAGES.stream().filter(stage -> random.nextInt(3) > 0).forEach(stage -> steps.add(undoable(stage)));
        steps.add(step("VERIFY"));
        return Map.of("process", "Rollout", "steps", steps, "soak", random.nextInt(3) == 0 ? "PT1S" : "PT0S");
    }

    private Map<String, Object> undoable(String stage) {
        Map<String, Object> step = step(stage);
        step.put(
                "undo",
                Map.of(
                        "connector",
                        connector(),
                        "parameters",
                        Map.of("mode", undoMode().parameter())));
        return step;
    }

    private Map<String, Object> step(String stage) {
        String connector = connector();
        return new HashMap<>(Map.of(
                "stage",
                stage,
                "name",
                "Step of " + stage,
                "connector",
                connector,
                "target",
                "localhost",
                "parameters",
                Map.of("mode", runMode(connector).parameter())));
    }

    private String connector() {
        return random.nextInt(4) == 0 ? DeployTool.BLIND : DeployTool.ASKED;
    }

    private ToolMode runMode(String connector) {
        int dice = random.nextInt(100);
        if (dice < 7) {
            return ToolMode.FAIL;
        }
        if (dice < 15) {
            return ToolMode.CUT;
        }
        if (dice < 45) {
            return ToolMode.CALL_BACK;
        }
        // A tool that cannot be asked must not wait for it.
        return dice < 60 && connector.equals(DeployTool.ASKED) ? ToolMode.ACCEPT : ToolMode.ANSWER;
    }

    private ToolMode undoMode() {
        int dice = random.nextInt(100);
        if (dice < 15) {
            return ToolMode.FAIL_ONCE;
        }
        return dice < 40 ? ToolMode.CALL_BACK : ToolMode.ANSWER;
    }
}
