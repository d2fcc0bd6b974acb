package io.gatehouse.release.communication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code communication_template}. */
@Repository
class TemplateRows {

    private final JdbcClient jdbc;

    TemplateRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if there is one of this key */
    void insert(CommunicationTemplate template) {
        jdbc.sql("insert into communication_template (template_key, version, subject, text) values (?, ?, ?, ?)")
                .params(template.key(), template.version(), template.subject(), template.text())
                .update();
    }

    void update(CommunicationTemplate template) {
        jdbc.sql("update communication_template set version = ?, subject = ?, text = ? where template_key = ?")
                .params(template.version(), template.subject(), template.text(), template.key())
                .update();
    }

    Optional<CommunicationTemplate> find(String key) {
        return read(key, "");
    }

    /** Locks it until the transaction ends. */
    Optional<CommunicationTemplate> lock(String key) {
        return read(key, " for update");
    }

    private Optional<CommunicationTemplate> read(String key, String end) {
        return jdbc.sql("select * from communication_template where template_key = ?" + end)
                .param(key)
                .query(TemplateRows::map)
                .optional();
    }

    /** Which of these keys there are. */
    Set<String> known(Collection<String> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("select template_key from communication_template where template_key in (:keys)")
                        .param("keys", keys)
                        .query(String.class)
                        .list());
    }

    /** In the order of their keys. */
    List<CommunicationTemplate> list(String after, int limit) {
        return jdbc.sql("select * from communication_template where template_key > ? order by template_key limit ?")
                .params(after, limit)
                .query(TemplateRows::map)
                .list();
    }

    private static CommunicationTemplate map(ResultSet row, int number) throws SQLException {
        return new CommunicationTemplate(
                row.getString("template_key"), row.getLong("version"), row.getString("subject"), row.getString("text"));
    }
}
