package io.gatehouse.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JUnitReportTests {

    @Test
    void countsCasesAndBelievesNoSums() {
        JUnitReport report = JUnitReport.read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="99" failures="0">
                  <testsuite name="api" tests="5" errors="0">
                    <properties><property name="skipped" value="failure"/></properties>
                    <testcase classname="tempest.api" name="boots" time="1.2"/>
                    <testcase name="prints"><system-out><![CDATA[<!DOCTYPE html><failure/>]]></system-out></testcase>
                    <testcase name="fails"><failure message="&lt;no&gt;">because</failure></testcase>
                    <testcase name="breaks"><error type="IOError"/></testcase>
                    <testsuite name="inner"><testcase name="waits"><skipped/></testcase></testsuite>
                  </testsuite>
                  <testsuite name="more"><testcase name="runs"/></testsuite>
                </testsuites>""");

        assertThat(report).isEqualTo(new JUnitReport(3, 2, 1));
    }

    @Test
    void whatFailedHasFailedWhateverElseIsSaid() {
        assertThat(JUnitReport.read(
                        "<testsuite><testcase name='a'><failure/><skipped/><system-err>skipped</system-err></testcase>"
                                + "<testcase name='b'><skipped/><error/></testcase></testsuite>"))
                .isEqualTo(new JUnitReport(0, 2, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<testsuite>",
                "<testsuite/>",
                "<testsuite><testcase/>",
                "<html><testcase/></html>",
                "<testsuite><testcase><testcase/></testcase></testsuite>",
                "<testsuite><testcase name='\u0000'/></testsuite>",
                "<testsuite><testcase name='&unknown;'/></testsuite>",
                "<testsuite><testcase>&unknown;</testcase></testsuite>",
                "<!DOCTYPE testsuite><testsuite><testcase/></testsuite>",
                "<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite><testcase/></testsuite>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase>&x;</testcase></testsuite>"
            })
    void refusesWhatIsNone(String xml) {
        assertThatThrownBy(() -> JUnitReport.read(xml))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().fields())
                        .singleElement()
                        .satisfies(field -> assertThat(field.field()).isEqualTo("junit")));
    }

    @Test
    @Timeout(5)
    void refusesWhatGrowsWhenItIsRead() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE t [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 20; i++) {
            laughs.append("<!ENTITY l%d '%s'>".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        laughs.append("]><testsuite><testcase>&l19;</testcase></testsuite>");

        assertThatThrownBy(() -> JUnitReport.read(laughs.toString())).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> JUnitReport.read("<testsuite>".repeat(10_000))).isInstanceOf(ProblemException.class);
    }
}
