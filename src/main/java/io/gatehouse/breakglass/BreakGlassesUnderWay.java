package io.gatehouse.breakglass;

import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;

/** Overrides that are asked, granted or to be reviewed: without their process nobody would end or review them. */
@Component
class BreakGlassesUnderWay implements UnderWay {

    private final BreakGlassRows rows;
    private final BreakGlasses breakGlasses;

    BreakGlassesUnderWay(BreakGlassRows rows, BreakGlasses breakGlasses) {
        this.rows = rows;
        this.breakGlasses = breakGlasses;
    }

    @Override
    public List<String> numbers() {
        return rows.underWay();
    }

    @Override
    public void takeUp(String number) {
        breakGlasses.takeUp(number);
    }
}
