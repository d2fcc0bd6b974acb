package io.gatehouse.change;

import org.springframework.beans.factory.BeanFactory;

/** What tests of other packages need of tasks of changes. */
public final class ChangeTaskDriver {

    private ChangeTaskDriver() {}

    /** Looks for those whose process is gone, as each node does every minute. */
    public static void findLost(BeanFactory beans) {
        beans.getBean(LostChangeTasks.class).find();
    }
}
