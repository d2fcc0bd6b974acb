package io.gatehouse.release.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/**
 * Links are only to addresses on the web that are written out, and to mail addresses; whatever else calls itself a link is
 * its text. A picture is a link to it: a page that loads nothing tells nobody who reads it.
 */
class OutwardLinks implements NodeRenderer {

    private static final Pattern OUTWARD = Pattern.compile("(?i)(https?://[^/\\s]|mailto:[^/\\s]).*");

    private final HtmlNodeRendererContext context;

    OutwardLinks(HtmlNodeRendererContext context) {
        this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Link.class, Image.class);
    }

    @Override
    public void render(Node node) {
        String address = node instanceof Link link ? link.getDestination() : ((Image) node).getDestination();
        boolean outward = OUTWARD.matcher(address).matches();
        if (outward) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("href", context.encodeUrl(address));
            attributes.put("rel", "nofollow noopener noreferrer");
            context.getWriter().tag("a", attributes);
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            context.render(child);
        }
        if (outward) {
            context.getWriter().tag("/a");
        }
    }
}
