package io.gatehouse.rollout.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTemplateTests {

    private static String filled(String query, String value) {
        return QueryTemplate.parse(query, Set.of("v")).fill(Map.of("v", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "up{a=\"${v}\"} | 2.0 | up{a=\"2.0\"}",
                "up{a='web ${v} x',b=\"${v}\"} | 2.0 | up{a='web 2.0 x',b=\"2.0\"}",
                "up{a=~\"web-${v}-.*\"} | 2.0 | up{a=~\"web-2\\u005c.0-.*\"}",
                "up{a !~ '${v}'} | a+b | up{a !~ 'a\\u005c+b'}",
                "up{a=\"${v}\"} | \"} or vector(1) or up{a=\" | up{a=\"\\u0022} or vector(1) or up{a=\\u0022\"}",
                "up{a='${v}'} | ' | up{a='\\u0027'}",
                "up{a=\"${v}\"} | \\ | up{a=\"\\u005c\"}",
                "up{a=\"\\\"${v}\"} | x | up{a=\"\\\"x\"}",
                "up{a=\"${v}\"} | ${v} | up{a=\"${v}\"}",
                "up{a=`\"`,b=\"${v}\"} | x | up{a=`\"`,b=\"x\"}",
                "up{a=\"${v}\"} | größe 🚀 | up{a=\"größe 🚀\"}",
                "label_replace(up{a=\"${v}\"}, \"b\", \"$1\", \"a\", \"(.*)\") | x | label_replace(up{a=\"x\"}, \"b\", \"$1\", \"a\", \"(.*)\")",
            })
    void aValueStaysTheTextOfItsLabel(String query, String value, String expected) {
        assertThat(filled(query, value)).isEqualTo(expected);
    }

    @Test
    void controlCharactersAreWrittenByTheirNumber() {
        assertThat(filled("up{a=\"${v}\"}", "a\nb\u0000c\u007f")).isEqualTo("up{a=\"a\\u000ab\\u0000c\\u007f\"}");
    }

    @Test
    void whatStandsInACommentIsNoParameter() {
        String query = "up{a=\"${v}\"} # not \"that\" one\n * 2";

        assertThat(filled(query, "x")).isEqualTo("up{a=\"x\"} # not \"that\" one\n * 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up{a=${v}}",
                "rate(up[${v}])",
                "up{a=`${v}`}",
                "up{a=\"x\"} > ${v}",
                "up{a=\"${w}\"}",
                "up{a=\"${v\"}",
                "up{a=\"\\\\\"} + ${v}",
                "${v}"
            })
    void refusesAParameterThatCouldBecomeMoreThanAText(String query) {
        assertThatIllegalArgumentException().isThrownBy(() -> QueryTemplate.parse(query, Set.of("v")));
    }

    @Test
    void refusesAQueryWithoutAParameterThatPlansMustGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueryTemplate.requireAll(Set.of("v", "host"), "up{a=\"${v}\",host=\"node-7\"}"))
                .withMessageContaining("variable of that name");
        assertThatNoException()
                .isThrownBy(() -> QueryTemplate.requireAll(Set.of("v", "host"), "up{a=\"${v}\"}", "up{a='${host}'}"));
    }
}
