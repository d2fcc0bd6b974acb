package io.gatehouse.audit;

class CheckpointRoundOnH2Tests extends CheckpointRoundContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.onH2();
    }
}
