package io.gatehouse.model;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.dmn.Dmn;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.xml.sax.InputSource;

/**
 * The pictures and pages of the documentation are those of the models as they are now. Whoever changed a model has them
 * written: {@code mvn test -Dtest=ModelPagesTests -Dgatehouse.draw=true}.
 */
class ModelPagesTests {

    private static final boolean DRAW = Boolean.getBoolean("gatehouse.draw");

    @TestFactory
    Stream<DynamicTest> everyPageAndPictureOfTheDocumentationIsOfTheModelAsItIs() {
        return expected().entrySet().stream()
                .map(page -> dynamicTest(page.getKey().toString(), () -> {
                    if (DRAW) {
                        Files.createDirectories(page.getKey().getParent());
                        Files.writeString(page.getKey(), page.getValue());
                    }
                    assertThat(page.getKey())
                            .as("run mvn test -Dtest=ModelPagesTests -Dgatehouse.draw=true")
                            .content()
                            .isEqualTo(page.getValue());
                }));
    }

    @Test
    void noPageOrPictureIsLeftOfAModelThatIsGone() throws IOException {
        Set<Path> there;
        try (Stream<Path> pages = Files.list(Path.of("docs/processes"));
                Stream<Path> pictures = Files.list(Path.of("docs/images"))) {
            there = Stream.concat(pages, pictures.filter(file -> file.toString().endsWith(".svg")))
                    .collect(toSet());
        }

        assertThat(there).isEqualTo(expected().keySet());
    }

    @TestFactory
    Stream<DynamicTest> aPictureShowsEverythingThatIsDrawnAndEveryWordOfIt() {
        return Models.files(".bpmn")
                .map(file -> dynamicTest(file.getName(), () -> {
                    BpmnModelInstance model = Bpmn.readModelFromFile(file);
                    String picture = ModelPicture.alone(model);

                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(picture)));
                    String words = words(picture);
                    Stream.concat(
                                    model.getModelElementsByType(BpmnShape.class).stream()
                                            .map(BpmnShape::getBpmnElement),
                                    model.getModelElementsByType(BpmnEdge.class).stream()
                                            .map(BpmnEdge::getBpmnElement))
                            .forEach(element -> {
                                assertThat(picture).contains("data-element=\"" + element.getId() + "\"");
                                String name = element.getAttributeValue("name");
                                assertThat(words).contains(name == null ? "" : name.replace(" ", ""));
                            });
                }));
    }

    /** What is written in a picture, without the blanks, because lines are broken at them. */
    private static String words(String picture) {
        StringBuilder words = new StringBuilder();
        var text = Pattern.compile("<text[^>]*>([^<]*)</text>").matcher(picture);
        while (text.find()) {
            words.append(text.group(1).replace(" ", ""));
        }
        return words.toString();
    }

    @Test
    void linesAreBrokenWhereTheyBecomeTooWide() {
        assertThat(PictureText.wrapped("Technically sound?", 90, 11).lines()).containsExactly("Technically", "sound?");
        assertThat(PictureText.wrapped("May it start?", 90, 11).lines()).containsExactly("May it start?");
        assertThat(PictureText.wrapped("Anunbreakablywideword", 20, 11).lines())
                .containsExactly("Anunbreakablywideword");
        assertThat(PictureText.wrapped(" ", 90, 11).lines()).isEmpty();
    }

    @Test
    void whatOwnersWriteIsTextInAPictureAndNothingElse() {
        BpmnModelInstance model = Bpmn.readModelFromFile(new File("processes/cab/CabReview.bpmn"));
        model.getModelElementById("Activity_CastVote").setAttributeValue("name", "<script>alert(1)</script>");

        assertThat(ModelPicture.forPage(model)).doesNotContain("<script").contains("&lt;script&gt;");
    }

    private static Map<Path, String> expected() {
        Map<Path, String> pages = new TreeMap<>();
        Models.files(".bpmn").forEach(file -> {
            BpmnModelInstance model = Bpmn.readModelFromFile(file);
            ProcessPage page = ProcessPage.of(model);
            pages.put(Path.of("docs/images", page.key() + ".svg"), ModelPicture.alone(model));
            pages.put(Path.of("docs/processes", page.key() + ".md"), MarkdownPages.of(page, file.toPath()));
        });
        Models.files(".dmn").forEach(file -> {
            TablePage page = TablePage.of(Dmn.readModelFromFile(file));
            pages.put(Path.of("docs/processes", page.key() + ".md"), MarkdownPages.of(page, file.toPath()));
        });
        return pages;
    }
}
