package io.gatehouse.testing;

import static org.springframework.restdocs.mockmvc.MockMvcRestDocumentation.document;
import static org.springframework.restdocs.payload.PayloadDocumentation.fieldWithPath;
import static org.springframework.restdocs.payload.PayloadDocumentation.subsectionWithPath;
import static org.springframework.restdocs.request.RequestDocumentation.parameterWithName;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.restdocs.payload.FieldDescriptor;
import org.springframework.restdocs.payload.SubsectionDescriptor;
import org.springframework.restdocs.request.ParameterDescriptor;
import org.springframework.restdocs.request.QueryParametersSnippet;
import org.springframework.restdocs.request.RequestDocumentation;
import org.springframework.restdocs.snippet.Snippet;
import org.springframework.test.web.servlet.ResultHandler;

/** Pieces that the documentation of every resource shares. */
public final class Snippets {

    private Snippets() {}

    /** Records a request under {@code <resource>/<test method>}. */
    public static ResultHandler operation(String resource, Snippet... snippets) {
        return document(resource + "/{method-name}", snippets);
    }

    /** The query parameters of a list: its own and those of every page. */
    public static QueryParametersSnippet pageParameters(ParameterDescriptor... own) {
        ParameterDescriptor[] every = {
            parameterWithName("after")
                    .description("Cursor: what `next` of the previous page said")
                    .optional(),
            parameterWithName("limit")
                    .description("Most items wanted, 1 to 200; 50 if not given")
                    .optional()
        };
        return RequestDocumentation.queryParameters(
                Stream.concat(Stream.of(own), Stream.of(every)).toArray(ParameterDescriptor[]::new));
    }

    /** The fields of a page whose items have these fields. */
    public static List<FieldDescriptor> pageOf(List<FieldDescriptor> item) {
        Stream<FieldDescriptor> items = item.stream().map(Snippets::inItems);
        Stream<FieldDescriptor> next = Stream.of(fieldWithPath("next")
                .description("Cursor of the next page; absent on the last")
                .optional()
                .type("String"));
        return Stream.concat(items, next).toList();
    }

    private static FieldDescriptor inItems(FieldDescriptor field) {
        String path = "items[]." + field.getPath();
        FieldDescriptor copy = (field instanceof SubsectionDescriptor ? subsectionWithPath(path) : fieldWithPath(path))
                .description(field.getDescription())
                .type(field.getType());
        return field.isOptional() ? copy.optional() : copy;
    }
}
