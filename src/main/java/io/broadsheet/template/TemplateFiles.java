package io.broadsheet.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.velocity.exception.ResourceNotFoundException;
import org.apache.velocity.runtime.resource.Resource;
import org.apache.velocity.runtime.resource.loader.ResourceLoader;
import org.apache.velocity.util.ExtProperties;

/**
 * Where templates come from: the home's folder first, else the shipped ones on the class path. A name is a path of plain words, so that none leads
 * outside the folder.
 */
final class TemplateFiles extends ResourceLoader {
    private static final String SHIPPED = "/shipped/templates/";

    /** A template of this size is a mistake. */
    private static final long BYTES_MAX = 1_000_000;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*\\.vm");

    /** Stands for a template that the home does not have. */
    private static final long SHIPPED_STAMP = 0;

    private final Path folder;

    /** @param folder the home's {@code templates}; it need not exist */
    TemplateFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void init(ExtProperties configuration) {}

    boolean exists(String name) {
        return NAME.matcher(name).matches()
                && (Files.isRegularFile(folder.resolve(name)) || getClass().getResource(SHIPPED + name) != null);
    }

    @Override
    public Reader getResourceReader(String name, String encoding) {
        if (!NAME.matcher(name).matches()) {
            throw new ResourceNotFoundException(
                    "a name of letters, digits, '-', '_' and '/' that ends with '.vm' is needed");
        }
        try {
            return new InputStreamReader(open(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ResourceNotFoundException("cannot read it: " + e.getMessage(), e);
        }
    }

    private InputStream open(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new IOException("it is a link that leads out of the templates folder");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw new IOException("it has more than " + BYTES_MAX + " bytes");
            }
            return Files.newInputStream(file);
        }
        InputStream shipped = getClass().getResourceAsStream(SHIPPED + name);
        if (shipped == null) {
            throw new NoSuchFileException(name);
        }
        return shipped;
    }

    @Override
    public boolean isSourceModified(Resource resource) {
        return resource.getLastModified() != getLastModified(resource);
    }

    /** Time and size together, because a file can be saved twice within what a file system's clock tells apart. */
    @Override
    public long getLastModified(Resource resource) {
        Path file = folder.resolve(resource.getName());
        try {
            if (!Files.isRegularFile(file)) {
                return SHIPPED_STAMP;
            }
            return Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file);
        } catch (IOException e) {
            // It went away between two looks: another stamp makes Velocity read it again and say so.
            return -1;
        }
    }
}
