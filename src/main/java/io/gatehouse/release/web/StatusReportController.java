package io.gatehouse.release.web;

import io.gatehouse.release.report.StatusReports;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** How a release stands, for those who do not work on it: as a page, and on one sheet to print. */
@RestController
@RequestMapping("/api/v1/releases/{number}/status-report")
class StatusReportController {

    /** As of the rest of the API, but for the style within the page. */
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private final StatusReports reports;

    StatusReportController(StatusReports reports) {
        this.reports = reports;
    }

    /** It needs nothing else to look as it should, so that a copy that somebody keeps or mails looks the same. */
    @GetMapping
    ModelAndView page(@PathVariable String number, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        return new ModelAndView("release/status-report").addObject("sheet", sheet(number));
    }

    @GetMapping(produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> print(@PathVariable String number) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(number + "-status.pdf")
                                .build()
                                .toString())
                .body(StatusReportPdf.of(sheet(number)));
    }

    private StatusSheet sheet(String number) {
        return StatusSheet.of(reports.of(number));
    }
}
