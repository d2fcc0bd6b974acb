package io.gatehouse.release.document;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseAuthors;
import io.gatehouse.release.ReleaseWritten;
import io.gatehouse.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The documents of releases. Whoever writes one locks the release, and each version is an entry in the audit trail. */
@Service
@Transactional
public class Documents implements ReleaseAuthors {

    private static final String PUT = "PUT /api/v1/releases/{number}/documents/{kind}";
    private static final String DRAFT = "POST /api/v1/releases/{number}/release-notes/drafts";
    private static final String PUBLISH = "POST /api/v1/releases/{number}/release-notes/publications";

    private final DocumentRows rows;
    private final Releases releases;
    private final NotesDraft draft;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    Documents(
            DocumentRows rows,
            Releases releases,
            NotesDraft draft,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.draft = draft;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes the next version of a document, or the first, on behalf of the current person. */
    public ReleaseDocument write(String number, DocumentKind kind, String text, Precondition precondition) {
        Person person = admitted(PUT);
        Release release = open(number, kind);
        Optional<ReleaseDocument> newest = rows.newest(release.stored(), kind);
        newest.ifPresentOrElse(document -> precondition.check(document.version()), precondition::checkAbsent);
        Markdown.objection(text).ifPresent(why -> {
            throw ProblemException.invalid("text", why);
        });
        return save(release, kind, newest, text, false, person);
    }

    /** Writes release notes of what is known of a release as their next version, for a person to edit. */
    public ReleaseDocument draftNotes(String number) {
        Person person = admitted(DRAFT);
        Release release = open(number, DocumentKind.RELEASE_NOTES);
        return save(
                release,
                DocumentKind.RELEASE_NOTES,
                rows.newest(release.stored(), DocumentKind.RELEASE_NOTES),
                draft.of(release),
                true,
                person);
    }

    private ReleaseDocument save(
            Release release,
            DocumentKind kind,
            Optional<ReleaseDocument> newest,
            String text,
            boolean drafted,
            Person person) {
        ReleaseDocument written = rows.insert(newest.map(before -> before.next(text, drafted, person.id(), now()))
                .orElseGet(() -> ReleaseDocument.first(release.stored(), kind, text, drafted, person.id(), now())));
        record("release.DocumentWritten", written, Map.of());
        events.publishEvent(new ReleaseWritten(release));
        return written;
    }

    /** Says that a version of the release notes is what everybody shall read from now on. */
    public ReleaseDocument publishNotes(String number, long version) {
        Person person = admitted(PUBLISH);
        Release release = open(number, DocumentKind.RELEASE_NOTES);
        ReleaseDocument notes = rows.find(release.stored(), DocumentKind.RELEASE_NOTES, version)
                .orElseThrow(() -> noVersion(number, DocumentKind.RELEASE_NOTES, version));
        rows.published(release.stored(), DocumentKind.RELEASE_NOTES)
                .filter(before -> before.version() >= version)
                .ifPresent(before -> {
                    throw ProblemException.conflict(
                            "notes-published",
                            "Published already",
                            "Version " + before.version() + " is published; write a new one and publish that.");
                });
        Instant now = now();
        rows.publish(notes, person.id(), now);
        ReleaseDocument published = notes.published(person.id(), now);
        record("release.NotesPublished", published, Map.of("by", person.id()));
        return published;
    }

    private Release open(String number, DocumentKind kind) {
        Release release = releases.lock(number);
        if (kind.isFixedIn(release.state())) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    number + " is " + release.state() + "; its " + kind + " stays as it is.");
        }
        return release;
    }

    /** The newest version of each document of a release, by the names of their kinds. */
    @Transactional(readOnly = true)
    public List<ReleaseDocument> of(String number) {
        return rows.newest(releases.find(number).stored());
    }

    /**
     * The newest version of a document.
     *
     * @throws ProblemException 404 when there is none
     */
    @Transactional(readOnly = true)
    public ReleaseDocument newest(String number, DocumentKind kind) {
        return rows.newest(releases.find(number).stored(), kind)
                .orElseThrow(() -> ProblemException.notFound(
                        "document-not-found",
                        "No such document",
                        number + " has no " + kind + "; GET /api/v1/releases/" + number + "/documents lists what it"
                                + " has."));
    }

    /**
     * A version of a document.
     *
     * @throws ProblemException 404 when there is none
     */
    @Transactional(readOnly = true)
    public ReleaseDocument version(String number, DocumentKind kind, long version) {
        return rows.find(releases.find(number).stored(), kind, version)
                .orElseThrow(() -> noVersion(number, kind, version));
    }

    /** The versions of a document, newest first. */
    @Transactional(readOnly = true)
    public Page<ReleaseDocument> versions(String number, DocumentKind kind, PageQuery page) {
        return page.page(
                rows.versions(
                        releases.find(number).stored(),
                        kind,
                        page.afterNumber().orElse(Long.MAX_VALUE),
                        page.fetchSize()),
                ReleaseDocument::version);
    }

    /**
     * The release notes that everybody shall read.
     *
     * @throws ProblemException 404 as long as none are published
     */
    @Transactional(readOnly = true)
    public ReleaseDocument publishedNotes(String number) {
        return rows.published(releases.find(number).stored(), DocumentKind.RELEASE_NOTES)
                .orElseThrow(() -> ProblemException.notFound(
                        "notes-not-published", "Not published", "No release notes of " + number + " are published."));
    }

    /** A version as a page for people. */
    @Transactional(readOnly = true)
    public DocumentPage page(ReleaseDocument document) {
        return DocumentPage.of(releases.find(document.number()), document);
    }

    /** Who wrote how a release is deployed, and so has written what its change does. */
    @Override
    public List<String> authors(Release release) {
        return rows.authors(release.stored(), DocumentKind.RELEASE_NOTES);
    }

    private void record(String action, ReleaseDocument document, Map<String, ?> more) {
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("release", document.number());
        facts.put("kind", document.kind().name());
        facts.put("version", document.version());
        facts.put("sha256", document.sha256());
        facts.put("person", document.writtenBy());
        audit.recordState(action, AuditTrail.numbered("document", document.id()), facts, document.fingerprint());
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException noVersion(String number, DocumentKind kind, long version) {
        return ProblemException.notFound(
                "document-not-found",
                "No such document",
                number + " has no version " + version + " of a " + kind + ".");
    }
}
