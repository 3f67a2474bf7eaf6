package io.broadsheet.template;

import java.util.Set;
import java.util.function.Function;
import org.apache.velocity.Template;
import org.apache.velocity.runtime.parser.node.ASTBlock;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTElseIfStatement;
import org.apache.velocity.runtime.parser.node.ASTElseStatement;
import org.apache.velocity.runtime.parser.node.ASTIdentifier;
import org.apache.velocity.runtime.parser.node.ASTIfStatement;
import org.apache.velocity.runtime.parser.node.ASTReference;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Whether some names are only written out, never asked, computed with or handed on. It goes by where a name may stand, not by where it may not: what
 * it does not know counts as a use.
 */
final class Uses {
    private final Set<String> names;
    private final Function<String, Template> load;

    Uses(Set<String> names, Function<String, Template> load) {
        this.names = names;
        this.load = load;
    }

    boolean areOnlyOutput(Template template) {
        for (SimpleNode root : Tree.roots(template, load)) {
            if (!onlyOutput(root, true)) {
                return false;
            }
        }
        return true;
    }

    /** @param written whether what stands here goes straight to the output */
    private boolean onlyOutput(Node node, boolean written) {
        if (node instanceof ASTReference reference && names.contains(reference.getRootString())) {
            return written && isPlain(reference);
        }
        if (node instanceof ASTDirective directive) {
            return directiveOnlyOutputs(directive, written);
        }
        boolean flow = node.getClass() == SimpleNode.class
                || node.jjtGetParent() == null
                || node instanceof ASTBlock
                || node instanceof ASTIfStatement
                || node instanceof ASTElseIfStatement
                || node instanceof ASTElseStatement;
        for (Node child : Tree.children(node)) {
            // Of #if and #elseif the question is an ASTExpression, whose references are children of its own.
            if (!onlyOutput(child, written && flow)) {
                return false;
            }
        }
        return true;
    }

    /** Of {@code #foreach} and {@code #macro} the body is written; all arguments, of these and others, are uses. */
    private boolean directiveOnlyOutputs(ASTDirective directive, boolean written) {
        String name = directive.getDirectiveName();
        if (name.equals("parse") && Tree.parsedFile(directive) == null) {
            return false;
        }
        boolean bodyWritten = written && (name.equals("foreach") || name.equals("macro"));
        for (Node child : Tree.children(directive)) {
            if (!onlyOutput(child, bodyWritten && child instanceof ASTBlock)) {
                return false;
            }
        }
        return true;
    }

    /** {@code $reader.name}, quiet or in braces; not {@code ${reader.name|'you'}}, which asks whether it is empty. */
    private static boolean isPlain(ASTReference reference) {
        return reference.jjtGetNumChildren() == 1 && reference.jjtGetChild(0) instanceof ASTIdentifier;
    }
}
