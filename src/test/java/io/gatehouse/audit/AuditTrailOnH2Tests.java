package io.gatehouse.audit;

class AuditTrailOnH2Tests extends AuditTrailContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.onH2();
    }
}
