package io.broadsheet.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.velocity.Template;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTReference;
import org.apache.velocity.runtime.parser.node.ASTSetDirective;
import org.apache.velocity.runtime.parser.node.ASTStringLiteral;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** Finds by reading what a rendering with one sample may not reach: unknown names, also in {@code #if}, and values hoped for within strings. */
final class Names {
    private static final Set<String> ALWAYS = Set.of("date", "text", "html", "foreach", "bodyContent");
    private static final Pattern VALUE = Pattern.compile("\\$!?\\{?[a-zA-Z]");

    private final Set<String> given;
    private final Function<String, Template> load;

    Names(Set<String> given, Function<String, Template> load) {
        this.given = given;
        this.load = load;
    }

    List<String> problems(Template template) {
        List<SimpleNode> roots = Tree.roots(template, load);
        Set<String> known = new HashSet<>(given);
        known.addAll(ALWAYS);
        roots.forEach(root -> addSet(root, known));
        Set<String> problems = new TreeSet<>();
        roots.forEach(root -> look(root, known, problems));
        return new ArrayList<>(problems);
    }

    /** The names that templates make themselves. */
    private static void addSet(Node node, Set<String> known) {
        boolean makes = node instanceof ASTSetDirective
                || node instanceof ASTDirective directive
                        && directive.getDirectiveName().equals("foreach");
        List<Node> children = Tree.children(node);
        if (makes && children.get(0) instanceof ASTReference reference) {
            known.add(reference.getRootString());
        }
        if (node instanceof ASTDirective directive
                && directive.getDirectiveName().equals("macro")) {
            for (Node child : children) {
                if (child instanceof ASTReference parameter) {
                    known.add(parameter.getRootString());
                }
            }
        }
        children.forEach(child -> addSet(child, known));
    }

    private void look(Node node, Set<String> known, Set<String> problems) {
        String place = TemplateFault.place(node.getTemplateName(), node.getLine());
        if (node instanceof ASTReference reference
                && reference.getRootString() != null
                && !known.contains(reference.getRootString())) {
            problems.add(place + ": " + TemplateFault.unknownName(reference.getRootString(), given));
        }
        if (node instanceof ASTStringLiteral literal
                && VALUE.matcher(Tree.text(literal)).find()) {
            problems.add(place + ": a '$' name within quotes is not filled in; write 'text' + $name");
        }
        if (node instanceof ASTDirective directive
                && directive.getDirectiveName().equals("parse")
                && Tree.parsedFile(directive) == null) {
            problems.add(place + ": #parse of a computed name; write the name in quotes");
        }
        Tree.children(node).forEach(child -> look(child, known, problems));
    }
}
