package io.gatehouse.audit.verify;

import io.gatehouse.audit.AuditDatabase;

class AuditVerifierOnH2Tests extends AuditVerifierContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.onH2();
    }

    @Override
    int tamperings() {
        return 1500;
    }
}
