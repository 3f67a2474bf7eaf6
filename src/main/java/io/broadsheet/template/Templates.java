package io.broadsheet.template;

import io.broadsheet.error.UserError;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.velocity.Template;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.slf4j.helpers.NOPLogger;

/**
 * Renders the templates of mails and pages. Each component of the view record is a name in the template; beside them stand {@code $date},
 * {@code $text} and, in HTML, {@code $html}. A template's last word decides how values are written: {@code text} and {@code subject} as they are,
 * all others escaped for HTML. A change to a file shows at the next rendering. Safe for several threads, because Velocity's runtime is.
 */
public final class Templates {
    /** More than any list that is shown; a longer one is cut by Velocity, so views are bounded well below. */
    private static final int LOOPS_MAX = 10_000;

    private static final Set<String> PLAIN = Set.of("text", "subject");

    private final TemplateFiles files;
    private final RuntimeInstance velocity = new RuntimeInstance();

    /** @param folder the home's {@code templates}; what it lacks is taken from the shipped ones, so it need not exist */
    public Templates(Path folder) {
        this.files = new TemplateFiles(folder);
        velocity.setProperty(RuntimeConstants.RUNTIME_LOG_INSTANCE, NOPLogger.NOP_LOGGER);
        velocity.setProperty(RuntimeConstants.RESOURCE_MANAGER_INSTANCE, new TemplateCache());
        velocity.setProperty(RuntimeConstants.RESOURCE_LOADERS, "home");
        velocity.setProperty("resource.loader.home.instance", files);
        velocity.setProperty("resource.loader.home.cache", true);
        velocity.setProperty("resource.loader.home.modification_check_interval", -1);
        velocity.setProperty(RuntimeConstants.UBERSPECT_CLASSNAME, Allowed.class.getName());
        velocity.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT, true);
        velocity.setProperty(RuntimeConstants.MAX_NUMBER_LOOPS, LOOPS_MAX);
        // Otherwise a value within a string would be escaped twice, and #parse could be handed a name made of values.
        velocity.setProperty(RuntimeConstants.INTERPOLATE_STRINGLITERALS, false);
        velocity.setProperty(RuntimeConstants.VM_PERM_INLINE_LOCAL, true);
        velocity.setProperty(RuntimeConstants.VM_ARGUMENTS_STRICT, true);
        velocity.init();
        velocity.removeDirective("evaluate");
        velocity.removeDirective("include");
        velocity.removeDirective("define");
    }

    /** Whether the home or what is shipped has {@code templates/NAME.vm}. */
    public boolean exists(String name) {
        return files.exists(name + ".vm");
    }

    /**
     * What a template writes.
     *
     * @param name path below {@code templates} without {@code .vm}, such as {@code mail/digest/html}
     * @param view its components are the names that the template sees; the record type may be private
     * @throws UserError when there is no such template, or it fails; says file and line
     */
    public String render(String name, Record view, Locality locality) {
        return render(load(name), isHtml(name), view, locality);
    }

    /**
     * What a template of one line, such as a newsletter's subject, writes; values as they are.
     *
     * @param where what to call it in errors, such as {@code newsletter news: subject}
     * @throws UserError when it fails
     */
    public String renderLine(String where, String source, Record view, Locality locality) {
        return render(parse(where, source), false, view, locality);
    }

    /**
     * Whether a template, with all it parses, uses these names in nothing but plain output such as {@code $reader.name}: then other values change
     * only what stands in those places. Answers no when in doubt.
     *
     * @throws UserError when there is no such template, or it can't be read
     */
    public boolean onlyPrints(Set<String> names, String name) {
        return new Uses(names, this::loadFile).areOnlyOutput(load(name));
    }

    /** As {@link #onlyPrints}, for a template of one line. */
    public boolean lineOnlyPrints(Set<String> names, String where, String source) {
        return new Uses(names, this::loadFile).areOnlyOutput(parse(where, source));
    }

    /**
     * What is wrong with a template: what can't be read, and what a rendering with a sample finds.
     *
     * @return one line each with file and line; empty when nothing is wrong
     */
    public List<String> check(String name, Record sample, Locality locality) {
        try {
            Template template = load(name);
            List<String> problems = new Names(components(sample), this::loadFile).problems(template);
            if (problems.isEmpty()) {
                render(template, isHtml(name), sample, locality);
            }
            return problems;
        } catch (UserError e) {
            return e.lines();
        }
    }

    /** As {@link #check}, for a template of one line. */
    public List<String> checkLine(String where, String source, Record sample, Locality locality) {
        try {
            Template template = parse(where, source);
            List<String> problems = new Names(components(sample), this::loadFile).problems(template);
            if (problems.isEmpty()) {
                render(template, false, sample, locality);
            }
            return problems;
        } catch (UserError e) {
            return e.lines();
        }
    }

    private String render(Template template, boolean html, Record view, Locality locality) {
        Map<String, Object> names = new LinkedHashMap<>(values(view));
        names.put("date", new DateTool(locality));
        names.put("text", new TextTool());
        if (html) {
            names.put("html", new HtmlTool());
        }
        Scene scene = new Scene(template.getName(), names);
        EventCartridge events = new EventCartridge();
        events.addEventHandler(new Escaping(template.getName(), html));
        events.attachToContext(scene);
        BoundedOutput out = new BoundedOutput(template.getName());
        try {
            template.merge(scene, out);
            return out.toString();
        } catch (VelocityException | TemplateFault | ArithmeticException e) {
            throw TemplateFault.asUserError(template.getName(), e, scene.given());
        }
    }

    private Template load(String name) {
        return loadFile(name + ".vm");
    }

    private Template loadFile(String file) {
        if (!files.exists(file)) {
            throw new UserError("templates/" + file + ": no such template, in the home or shipped; check the name");
        }
        try {
            return velocity.getTemplate(file);
        } catch (VelocityException e) {
            throw TemplateFault.asUserError(file, e, List.of());
        }
    }

    private Template parse(String where, String source) {
        Template template = new Template();
        template.setName(where);
        template.setRuntimeServices(velocity);
        try {
            template.setData(velocity.parse(new StringReader(source), template));
            template.initDocument();
            return template;
        } catch (ParseException e) {
            throw TemplateFault.asUserError(where, new ParseErrorException(e, where), List.of());
        } catch (VelocityException e) {
            throw TemplateFault.asUserError(where, e, List.of());
        }
    }

    private static boolean isHtml(String name) {
        return !PLAIN.contains(name.substring(name.lastIndexOf('/') + 1));
    }

    private static Map<String, Object> values(Record view) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : view.getClass().getRecordComponents()) {
            Object value = Allowed.component(view, component.getName());
            if (value == null) {
                throw new IllegalArgumentException("a view's own parts are never absent: " + component.getName());
            }
            values.put(component.getName(), value);
        }
        return values;
    }

    private static Set<String> components(Record view) {
        return values(view).keySet();
    }
}
