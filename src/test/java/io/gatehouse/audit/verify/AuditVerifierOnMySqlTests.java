package io.gatehouse.audit.verify;

import io.gatehouse.audit.AuditDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;

@NeedsMySql
class AuditVerifierOnMySqlTests extends AuditVerifierContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.onMySql(MySqlServer.shared().freshDatabase());
    }

    @Override
    int tamperings() {
        return 150;
    }
}
