package io.gatehouse.testing;

/**
 * The distribution's own mysqld, about 15 s and 250 MB the first time. Debian's stable releases carry no MySQL, so there
 * it comes from unstable, together with the C library it was built for.
 */
record UnpackedMySql(UnpackedPackage files) implements MySqlSource {

    static UnpackedMySql inCache() {
        return new UnpackedMySql(UnpackedPackage.inCache(
                "mysql",
                "sid",
                "mysql-server-core(-[0-9.]+)?",
                // Perl and friends are needed by the maintainer scripts only, which never run here.
                "^(perl|libperl|gcc-.*-base|libgdbm|libdb5|libc-gconv)",
                "bash '" + MySqlProcess.script("mysqld.sh") + "' \"$ROOT\" --no-defaults --version"));
    }

    @Override
    public MySqlEndpoint start(Durability durability) {
        return MySqlProcess.start(
                "mysqld",
                "run-mysql.sh",
                "gatehouse",
                durability.word(),
                files.root().toString());
    }
}
