package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.release.CarrierOutlook;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseFilter;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.Releases;
import io.gatehouse.release.document.DocumentKind;
import io.gatehouse.release.document.Documents;
import io.gatehouse.release.report.StatusReports;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Releases for people with a browser and no program: which there are, how each stands, and what is written of it. */
@Controller
@RequestMapping("/releases")
class ReleasePages {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Releases releases;
    private final StatusReports reports;
    private final Documents documents;
    private final DocumentAnswers answers;
    private final CarrierOutlook carriers;

    ReleasePages(
            Releases releases,
            StatusReports reports,
            Documents documents,
            DocumentAnswers answers,
            CarrierOutlook carriers) {
        this.releases = releases;
        this.reports = reports;
        this.documents = documents;
        this.answers = answers;
        this.carriers = carriers;
    }

    /** As the list shows one. The day is that of UTC on which its window opens. */
    record Line(String number, String name, String state, String manager, String day) {

        private static Line of(Release release) {
            return new Line(
                    release.number(),
                    release.content().name(),
                    release.state().name().toLowerCase(Locale.ROOT),
                    release.content().manager(),
                    DAY.format(release.content().window().startsAt()));
        }
    }

    /** A document that somebody has written, and where it is. */
    record Written(String name, String address) {}

    /** @param after the mark of the page before */
    @GetMapping
    ModelAndView all(@RequestParam Optional<ReleaseState> state, @RequestParam Optional<String> after) {
        PageQuery query = PageQuery.parse(after.orElse(null), null);
        Page<Line> page = releases.list(new ReleaseFilter(state.orElse(null), null, null, null), query)
                .map(Line::of);
        return new ModelAndView("release/releases")
                .addObject("lines", page.items())
                .addObject("next", page.next())
                .addObject("state", state.orElse(null))
                .addObject("states", ReleaseState.values());
    }

    @GetMapping("/{number}")
    ModelAndView one(@PathVariable String number, HttpServletResponse response) {
        List<Written> written = new ArrayList<>();
        documents
                .of(number)
                .forEach(document -> written.add(
                        new Written(document.kind().title(), "/releases/" + number + "/documents/" + document.kind())));
        response.setHeader("Content-Security-Policy", StatusReportController.POLICY);
        return new ModelAndView("release/status-report")
                .addObject("sheet", StatusSheet.of(reports.of(number)))
                .addObject("carriers", carriers.lines(number))
                .addObject("written", written);
    }

    @GetMapping("/{number}/sheet")
    ResponseEntity<byte[]> print(@PathVariable String number) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(number + "-status.pdf")
                                .build()
                                .toString())
                .body(StatusReportPdf.of(StatusSheet.of(reports.of(number))));
    }

    @GetMapping("/{number}/documents/{kind}")
    ModelAndView document(@PathVariable String number, @PathVariable DocumentKind kind, HttpServletResponse response) {
        return answers.page(documents.newest(number, kind), response);
    }

    /** What there is not is answered with the list. */
    @ExceptionHandler(ProblemException.class)
    ModelAndView missing(ProblemException problem) {
        ModelAndView list = all(Optional.empty(), Optional.empty());
        list.setStatus(HttpStatus.NOT_FOUND);
        return list.addObject("missing", problem.problem().detail());
    }
}
