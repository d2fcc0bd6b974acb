package io.gatehouse.audit;

import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;

@NeedsMySql
class CheckpointRoundOnMySqlTests extends CheckpointRoundContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.onMySql(MySqlServer.shared().freshDatabase());
    }
}
