package io.gatehouse.change;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ChangeTemplateRepository extends Repository<ChangeTemplate, String> {

    Optional<ChangeTemplate> findById(String key);

    ChangeTemplate save(ChangeTemplate template);
}
