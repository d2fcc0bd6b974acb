package io.gatehouse.engine;

import org.springframework.beans.factory.BeanFactory;

/** Lets tests of other packages look for lost processes as each node does every minute. */
public final class LostProcessesDriver {

    private LostProcessesDriver() {}

    public static void find(BeanFactory beans) {
        beans.getBean(LostProcesses.class).find();
    }
}
