package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class RolloutPlanTests {

    private final Json json = new Json(JsonMapper.builder().findAndAddModules().build());

    /** As every plan was that was approved before there was a choice. */
    @Test
    void undoesEverythingWhenACheckFailsIfItDoesNotSay() {
        RolloutPlan plan = json.read(
                """
                {"process": "Rollout", "steps": [], "parameters": {}, "checklist": [], "soak": "PT1H"}""",
                RolloutPlan.class);

        assertThat(plan.onFailedVerification()).isEqualTo(OnFailedVerification.ROLL_BACK);
    }
}
