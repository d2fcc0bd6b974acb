package io.gatehouse.release.document;

import org.commonmark.internal.InlineParserImpl;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;

/**
 * Takes a paragraph with more marks than anybody writes for text. The parser looks for the other end of some marks from each
 * of them (100,000 times {@code <} took a minute and a half), and nests what is between them as deep as there are pairs.
 */
class BoundedInlines implements InlineParser {

    static final int MOST_MARKS = 500;

    private static final String MARKS = "*_[]!<`";

    private final InlineParser parser;

    BoundedInlines(InlineParserContext context) {
        // The only one there is to hand on to; the library's way to exchange it takes a whole one.
        this.parser = new InlineParserImpl(context);
    }

    @Override
    public void parse(SourceLines lines, Node block) {
        long marks = lines.getContent()
                .chars()
                .filter(character -> MARKS.indexOf(character) >= 0)
                .limit(MOST_MARKS + 1)
                .count();
        if (marks <= MOST_MARKS) {
            parser.parse(lines, block);
            return;
        }
        for (SourceLine line : lines.getLines()) {
            if (block.getFirstChild() != null) {
                block.appendChild(new SoftLineBreak());
            }
            block.appendChild(new Text(line.getContent().toString()));
        }
    }
}
