package io.broadsheet.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.velocity.Template;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTStringLiteral;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/** The parsed form of a template and of all it parses, as far as their names are written in it. */
final class Tree {
    private Tree() {}

    /** The roots of a template and of every file that it parses, each once; {@code #parse} of a computed name adds nothing here. */
    static List<SimpleNode> roots(Template template, Function<String, Template> load) {
        List<SimpleNode> roots = new ArrayList<>();
        add(template, load, new HashSet<>(), roots);
        return roots;
    }

    private static void add(
            Template template, Function<String, Template> load, Set<String> seen, List<SimpleNode> roots) {
        if (seen.add(template.getName())) {
            SimpleNode root = (SimpleNode) template.getData();
            roots.add(root);
            for (String parsed : parsedFiles(root)) {
                add(load.apply(parsed), load, seen, roots);
            }
        }
    }

    private static List<String> parsedFiles(Node node) {
        List<String> files = new ArrayList<>();
        String file = parsedFile(node);
        if (file != null) {
            files.add(file);
        }
        for (Node child : children(node)) {
            files.addAll(parsedFiles(child));
        }
        return files;
    }

    /** What {@code #parse("…")} names; absent for all else and for a computed name. */
    static @Nullable String parsedFile(Node node) {
        if (node instanceof ASTDirective directive
                && directive.getDirectiveName().equals("parse")
                && directive.jjtGetNumChildren() == 1
                && directive.jjtGetChild(0) instanceof ASTStringLiteral literal) {
            return text(literal);
        }
        return null;
    }

    static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < node.jjtGetNumChildren(); i++) {
            children.add(node.jjtGetChild(i));
        }
        return children;
    }

    /** What stands between the quotes, as it is written. */
    static String text(ASTStringLiteral literal) {
        String quoted = literal.literal();
        return quoted.length() < 2 ? "" : quoted.substring(1, quoted.length() - 1);
    }
}
