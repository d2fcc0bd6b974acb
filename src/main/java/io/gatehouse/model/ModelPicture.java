package io.gatehouse.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Group;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TextAnnotation;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * A process as its owner drew it in the Modeler, as SVG without scripts, fonts or anything that is elsewhere. The same model always
 * makes the same text. It draws what {@link AllowedElements} lets into a process; resting on a box tells what it does.
 */
public final class ModelPicture {

    private static final int MARGIN = 12;

    /** How wide the Modeler lets a label become that stands beside what it names. */
    private static final double LABEL_WIDTH = 90;

    private final StringBuilder svg = new StringBuilder();

    private ModelPicture() {}

    /** A picture for a page that links {@code /style/picture.css}; a model without a drawing makes an empty one. */
    public static String forPage(BpmnModelInstance model) {
        return drawn(model, "");
    }

    /** A picture that stands alone, as a file does. */
    static String alone(BpmnModelInstance model) {
        try {
            return drawn(
                    model,
                    "<style>\n" + new ClassPathResource("static/style/picture.css").getContentAsString(UTF_8)
                            + "</style>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String drawn(BpmnModelInstance model, String style) {
        return new ModelPicture()
                .draw(
                        List.copyOf(model.getModelElementsByType(BpmnShape.class)),
                        List.copyOf(model.getModelElementsByType(BpmnEdge.class)),
                        style);
    }

    private String draw(List<BpmnShape> shapes, List<BpmnEdge> edges, String style) {
        double left = xs(shapes, edges).min(Comparator.naturalOrder()).orElse(0.0) - MARGIN;
        double right = xs(shapes, edges).max(Comparator.naturalOrder()).orElse(0.0) + MARGIN;
        double top = ys(shapes, edges).min(Comparator.naturalOrder()).orElse(0.0) - MARGIN;
        double bottom = ys(shapes, edges).max(Comparator.naturalOrder()).orElse(0.0) + MARGIN;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"model\" role=\"img\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">\n"
                        .formatted(
                                n(right - left), n(bottom - top), n(left), n(top), n(right - left), n(bottom - top)));
        svg.append(style);
        svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9.5\" refY=\"5\" markerWidth=\"9\""
                + " markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
                + "<path class=\"solid\" d=\"M0 1 10 5 0 9z\"/></marker></defs>\n");
        svg.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" class=\"paper\"/>\n"
                .formatted(n(left), n(top), n(right - left), n(bottom - top)));
        // What contains others lies under them, the larger one first; what stands on a border lies on top.
        shapes.stream()
                .filter(ModelPicture::contains)
                .sorted(Comparator.comparingDouble(ModelPicture::area).reversed())
                .forEach(this::shape);
        edges.forEach(this::edge);
        shapes.stream()
                .filter(shape -> !contains(shape))
                .sorted(Comparator.comparing(shape -> shape.getBpmnElement() instanceof BoundaryEvent))
                .forEach(this::shape);
        return svg.append("</svg>\n").toString();
    }

    private static Stream<Double> xs(List<BpmnShape> shapes, List<BpmnEdge> edges) {
        return Stream.concat(
                boxes(shapes, edges).flatMap(box -> Stream.of(box.getX(), box.getX() + box.getWidth())),
                edges.stream().flatMap(edge -> edge.getWaypoints().stream()).map(Waypoint::getX));
    }

    private static Stream<Double> ys(List<BpmnShape> shapes, List<BpmnEdge> edges) {
        return Stream.concat(
                boxes(shapes, edges).flatMap(box -> Stream.of(box.getY(), box.getY() + box.getHeight())),
                edges.stream().flatMap(edge -> edge.getWaypoints().stream()).map(Waypoint::getY));
    }

    private static Stream<Bounds> boxes(List<BpmnShape> shapes, List<BpmnEdge> edges) {
        return Stream.concat(
                shapes.stream().map(BpmnShape::getBounds),
                Stream.concat(
                                shapes.stream().map(BpmnShape::getBpmnLabel),
                                edges.stream().map(BpmnEdge::getBpmnLabel))
                        .filter(Objects::nonNull)
                        .map(BpmnLabel::getBounds)
                        .filter(Objects::nonNull));
    }

    private static boolean contains(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        return element instanceof Participant
                || element instanceof Lane
                || element instanceof Group
                || element instanceof SubProcess && isOpen(shape);
    }

    /** Whether it is drawn with what is in it. */
    private static boolean isOpen(BpmnShape shape) {
        return shape.isExpanded() || shape.getBounds().getHeight() > 100;
    }

    private static double area(BpmnShape shape) {
        return shape.getBounds().getWidth() * shape.getBounds().getHeight();
    }

    private void shape(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds at = shape.getBounds();
        svg.append("<g data-element=\"").append(escaped(element.getId())).append("\"");
        if (element instanceof Activity activity) {
            svg.append(" class=\"box ").append(kind(activity)).append("\"");
        }
        svg.append(">");
        explanation(element);
        if (element instanceof Activity activity) {
            activity(shape, activity, at);
        } else if (element instanceof Event event) {
            event(event, middle(at), at.getY() + at.getHeight() / 2, at.getWidth() / 2);
            label(name(element), shape.getBpmnLabel(), middle(at), at.getY() + at.getHeight() + 6);
        } else if (element instanceof Gateway gateway) {
            gateway(gateway, middle(at), at.getY() + at.getHeight() / 2, at.getWidth() / 2);
            label(name(element), shape.getBpmnLabel(), middle(at), at.getY() + at.getHeight() + 6);
        } else if (element instanceof TextAnnotation) {
            path("icon", "M%s %sh-10v%sh10".formatted(n(at.getX() + 10), n(at.getY()), n(at.getHeight())));
            text(name(element), "label", middle(at), at.getY() + 4, at.getWidth() - 10);
        } else {
            rectangle(element instanceof Group ? "within broken" : "within", at, 0);
            text(name(element), "label", middle(at), at.getY() + 6, at.getWidth());
        }
        svg.append("</g>\n");
    }

    private static String kind(Activity activity) {
        return activity instanceof UserTask
                ? "person"
                : activity instanceof BusinessRuleTask
                        ? "table"
                        : activity instanceof ServiceTask || activity instanceof CallActivity ? "program" : "scope";
    }

    private void activity(BpmnShape shape, Activity activity, Bounds at) {
        if (contains(shape)) {
            boolean byEvent = activity instanceof SubProcess process && process.triggeredByEvent();
            rectangle(byEvent ? "within event-scope" : "within", at, 10);
            text(name(activity), "", middle(at), at.getY() + 7, at.getWidth());
        } else {
            rectangle(activity instanceof CallActivity ? "shape thick" : "shape", at, 10);
            PictureText lines = PictureText.wrapped(name(activity), at.getWidth() - 10, 12);
            lines(lines, "", middle(at), at.getY() + at.getHeight() / 2 - lines.height() / 2);
        }
        icon(activity, at.getX(), at.getY());
        markers(shape, activity, middle(at), at.getY() + at.getHeight());
    }

    private void icon(Activity activity, double x, double y) {
        if (activity instanceof UserTask) {
            icon(x, y, "M7 16v-2a5 5 0 0 1 10 0v2zM12 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z");
        } else if (activity instanceof BusinessRuleTask) {
            icon(x, y, "M5 5h14v11H5zM5 8.5h14M5 12.2h14M9.5 8.5V16");
        } else if (activity instanceof ServiceTask) {
            svg.append("<circle class=\"icon teeth\" cx=\"%s\" cy=\"%s\" r=\"5.5\"/>".formatted(n(x + 12), n(y + 12)));
            svg.append("<circle class=\"icon\" cx=\"%s\" cy=\"%s\" r=\"4\"/>".formatted(n(x + 12), n(y + 12)));
            svg.append("<circle class=\"icon\" cx=\"%s\" cy=\"%s\" r=\"1.5\"/>".formatted(n(x + 12), n(y + 12)));
        }
    }

    private void markers(BpmnShape shape, Activity activity, double middle, double bottom) {
        List<String> markers = new ArrayList<>();
        if (activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics many) {
            markers.add(many.isSequential() ? "M0 3h12M0 7h12M0 11h12" : "M2 1v12M6 1v12M10 1v12");
        }
        if (activity.isForCompensation()) {
            markers.add("M6 2v10L0 7zM12 2v10L6 7z");
        }
        if (activity instanceof CallActivity || activity instanceof SubProcess && !isOpen(shape)) {
            markers.add("M0 1h12v12H0zM6 3.5v7M2.5 7h7");
        }
        for (int i = 0; i < markers.size(); i++) {
            icon(middle - markers.size() * 8 + i * 16 + 2, bottom - 18, markers.get(i));
        }
    }

    private void event(Event event, double x, double y, double radius) {
        boolean broken = event instanceof BoundaryEvent boundary && !boundary.cancelActivity()
                || event instanceof StartEvent start && !start.isInterrupting();
        String outer = "shape" + (event instanceof EndEvent ? " thick" : "") + (broken ? " broken" : "");
        boolean between = !(event instanceof StartEvent || event instanceof EndEvent);
        circle(between ? outer + " thin" : outer, x, y, radius);
        if (between) {
            circle(outer + " thin", x, y, radius - 3);
        }
        event.getChildElementsByType(EventDefinition.class)
                .forEach(definition -> definition(definition, event instanceof ThrowEvent, x, y));
    }

    private void definition(EventDefinition definition, boolean thrown, double x, double y) {
        String kind = thrown ? "icon solid" : "icon";
        if (definition instanceof MessageEventDefinition) {
            at(kind, x, y, "M-8-5.5H8V5.5H-8z");
            at(thrown ? "icon inverse" : "icon", x, y, "M-8-5.5 0 1 8-5.5");
        } else if (definition instanceof TimerEventDefinition) {
            circle("icon", x, y, 9.5);
            at("icon", x, y, "M0-6.5V0L4 2.5M0-9.5v2M0 9.5v-2M9.5 0h-2M-9.5 0h2");
        } else if (definition instanceof CompensateEventDefinition) {
            at(kind, x, y, "M0-6V6L-8 0zM8-6V6L0 0z");
        } else if (definition instanceof ErrorEventDefinition) {
            at(kind, x, y, "M-7 7-3-6 2 2 7-7 3 6-2-2z");
        } else if (definition instanceof TerminateEventDefinition) {
            circle("solid", x, y, 10);
        }
    }

    private void gateway(Gateway gateway, double x, double y, double half) {
        at("shape", x, y, "M%s 0 0 %s %s 0 0 %sz".formatted(n(-half), n(-half), n(half), n(half)));
        if (gateway instanceof ExclusiveGateway) {
            at("icon bold", x, y, "M-6-8 6 8M6-8-6 8");
        } else if (gateway instanceof ParallelGateway) {
            at("icon bold", x, y, "M-10 0h20M0-10v20");
        } else if (gateway instanceof InclusiveGateway) {
            circle("icon bold", x, y, 10);
        } else if (gateway instanceof EventBasedGateway) {
            circle("icon", x, y, 13);
            circle("icon", x, y, 10.5);
            at("icon", x, y, "M0-6.5 6.2-2 3.8 5.3H-3.8L-6.2-2z");
        }
    }

    private void edge(BpmnEdge edge) {
        BaseElement element = edge.getBpmnElement();
        List<Waypoint> points = List.copyOf(edge.getWaypoints());
        boolean flow = element instanceof SequenceFlow;
        svg.append("<g data-element=\"").append(escaped(element.getId())).append("\">");
        svg.append("<polyline class=\"%s\"%s points=\"%s\"/>"
                .formatted(
                        flow ? "flow" : "association",
                        flow ? " marker-end=\"url(#arrow)\"" : "",
                        points.stream()
                                .map(point -> n(point.getX()) + "," + n(point.getY()))
                                .collect(Collectors.joining(" "))));
        if (element instanceof SequenceFlow sequence && isDefault(sequence)) {
            slash(points.get(0), points.get(1));
        }
        Waypoint before = points.get((points.size() - 1) / 2);
        Waypoint after = points.get(points.size() / 2);
        label(
                name(element),
                edge.getBpmnLabel(),
                (before.getX() + after.getX()) / 2,
                (before.getY() + after.getY()) / 2 + 4);
        svg.append("</g>\n");
    }

    private static boolean isDefault(SequenceFlow flow) {
        return flow.getSource() instanceof ExclusiveGateway gateway && flow.equals(gateway.getDefault())
                || flow.getSource() instanceof InclusiveGateway other && flow.equals(other.getDefault());
    }

    /** The way that is taken where no other one is has a slash across its beginning. */
    private void slash(Waypoint from, Waypoint to) {
        double length = Math.max(1, Math.hypot(to.getX() - from.getX(), to.getY() - from.getY()));
        double x = from.getX() + (to.getX() - from.getX()) / length * 12;
        double y = from.getY() + (to.getY() - from.getY()) / length * 12;
        at(
                "icon",
                x,
                y,
                Math.abs(to.getX() - from.getX()) > Math.abs(to.getY() - from.getY()) ? "M-3 5 3-5" : "M-5-3 5 3");
    }

    private void explanation(BaseElement element) {
        element.getDocumentations().stream().findFirst().ifPresent(text -> svg.append("<title>")
                .append(escaped(text.getTextContent().strip().replaceAll("\\s+", " ")))
                .append("</title>"));
    }

    private void label(String text, @Nullable BpmnLabel label, double x, double y) {
        Bounds at = label == null ? null : label.getBounds();
        if (at == null) {
            text(text, "label", x, y, LABEL_WIDTH);
        } else {
            text(text, "label", middle(at), at.getY(), Math.max(at.getWidth(), LABEL_WIDTH));
        }
    }

    private void text(String text, String style, double middle, double top, double width) {
        lines(PictureText.wrapped(text, width, style.isEmpty() ? 12 : 11), style, middle, top);
    }

    private void lines(PictureText text, String style, double middle, double top) {
        for (int i = 0; i < text.lines().size(); i++) {
            svg.append("<text%s x=\"%s\" y=\"%s\">%s</text>"
                    .formatted(
                            style.isEmpty() ? "" : " class=\"" + style + "\"",
                            n(middle),
                            n(top + text.baseline(i)),
                            escaped(text.lines().get(i))));
        }
    }

    private void rectangle(String style, Bounds at, int radius) {
        svg.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%d\"/>"
                .formatted(style, n(at.getX()), n(at.getY()), n(at.getWidth()), n(at.getHeight()), radius));
    }

    private void circle(String style, double x, double y, double radius) {
        svg.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>".formatted(style, n(x), n(y), n(radius)));
    }

    private void icon(double x, double y, String path) {
        at("icon", x, y, path);
    }

    private void at(String style, double x, double y, String path) {
        svg.append("<path class=\"%s\" transform=\"translate(%s %s)\" d=\"%s\"/>".formatted(style, n(x), n(y), path));
    }

    private void path(String style, String path) {
        svg.append("<path class=\"%s\" d=\"%s\"/>".formatted(style, path));
    }

    private static double middle(Bounds at) {
        return at.getX() + at.getWidth() / 2;
    }

    private static String name(BaseElement element) {
        if (element instanceof TextAnnotation annotation) {
            return annotation.getText() == null ? "" : annotation.getText().getTextContent();
        }
        String name = element.getAttributeValue("name");
        return name == null ? "" : name;
    }

    /** Whole numbers without a point, others to a tenth. */
    private static String n(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
