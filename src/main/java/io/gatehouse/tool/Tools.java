package io.gatehouse.tool;

import io.gatehouse.access.Person;
import io.gatehouse.access.ToolAction;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All tools. */
@Service
@Transactional
public class Tools {

    private final ToolRows rows;
    private final ToolOwners owners;
    private final Services services;
    private final Environments environments;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Tools(
            ToolRows rows,
            ToolOwners owners,
            Services services,
            Environments environments,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.owners = owners;
        this.services = services;
        this.environments = environments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The tool, or the problem {@code tool-not-found}. */
    @Transactional(readOnly = true)
    public Tool get(String name) {
        return found(rows.find(name));
    }

    /** Tools in the order of their names. */
    @Transactional(readOnly = true)
    public Page<Tool> list(PageQuery page) {
        return page.page(rows.list(page.after(), page.fetchSize()), Tool::name);
    }

    /** Adds a tool or changes the one of the same name, on behalf of the current person. */
    public Tool put(String name, ToolDescription wanted, Precondition precondition) {
        Optional<Tool> existing = rows.lock(name);
        existing.ifPresent(tool -> owners.requireOwnerOfAll(tool.services()));
        checkScope(wanted);
        Person caller = owners.requireOwnerOfAll(wanted.services());
        existing.ifPresentOrElse(tool -> precondition.check(tool.version()), precondition::checkAbsent);
        if (existing.filter(tool -> tool.responsible().equals(wanted.responsible()))
                .isEmpty()) {
            owners.requireCanAnswer(caller, wanted.responsible(), wanted.services());
        }
        if (wanted.actions().contains(ToolAction.MONITOR)
                && existing.filter(tool -> tool.actions().contains(ToolAction.MONITOR))
                        .isEmpty()) {
            owners.requireMayWatch(caller);
        }
        return existing.map(tool -> change(tool, wanted)).orElseGet(() -> add(name, wanted, caller));
    }

    /**
     * The ids of those who answer for a tool at this moment: who is responsible, and who made a token that is live.
     *
     * @param caller the tool as a caller, {@code tool:<name>}
     */
    @Transactional(readOnly = true)
    public Set<String> answeringFor(String caller) {
        return rows.scope(caller.substring(Person.TOOL_PREFIX.length()), clock.instant())
                .people();
    }

    /** Locks a tool so that its tokens stay as they are until the transaction ends. */
    Tool lock(String name) {
        return found(rows.lock(name));
    }

    private Tool add(String name, ToolDescription wanted, Person caller) {
        Tool tool = new Tool(
                name,
                1,
                wanted.description(),
                wanted.actions(),
                wanted.services(),
                wanted.environments(),
                wanted.responsible(),
                wanted.enabled(),
                caller.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        rows.insert(tool);
        record("tool.Added", tool);
        return tool;
    }

    private Tool change(Tool old, ToolDescription wanted) {
        Tool tool = new Tool(
                old.name(),
                old.version() + 1,
                wanted.description(),
                wanted.actions(),
                wanted.services(),
                wanted.environments(),
                wanted.responsible(),
                wanted.enabled(),
                old.createdBy(),
                old.createdAt());
        rows.update(tool);
        record("tool.Changed", tool);
        if (!old.responsible().equals(tool.responsible())) {
            answered(tool, old.responsible());
            answered(tool, tool.responsible());
        }
        return tool;
    }

    /** Tells that somebody begins to answer for a tool, or did until now. */
    void answered(Tool tool, String person) {
        events.publishEvent(new ToolAnsweredFor(Person.TOOL_PREFIX + tool.name(), person));
    }

    private void checkScope(ToolDescription wanted) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!services.tiers(wanted.services()).keySet().containsAll(wanted.services())) {
            wrong.add(new InvalidField("services", "must be keys of services in the catalog"));
        }
        if (!wanted.environments().stream().allMatch(environments::exists)) {
            wrong.add(new InvalidField("environments", "must be keys of environments in the catalog"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private void record(String action, Tool tool) {
        audit.recordState(
                action,
                "tool-" + tool.name(),
                Map.of(
                        "actions", tool.actions(),
                        "services", tool.services(),
                        "environments", tool.environments(),
                        "responsible", tool.responsible(),
                        "enabled", tool.enabled(),
                        "version", tool.version()),
                tool.fingerprint());
    }

    private static Tool found(Optional<Tool> tool) {
        return tool.orElseThrow(() -> ProblemException.notFound(
                "tool-not-found", "No such tool", "No tool has this name; GET /api/v1/tools lists them all."));
    }
}
