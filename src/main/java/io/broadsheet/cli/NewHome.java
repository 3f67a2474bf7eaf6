package io.broadsheet.cli;

import io.broadsheet.config.Home;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes a commented home to start from: the shipped example definitions, a first release, and a note in each folder. */
final class NewHome {
    private static final String TEMPLATES_NOTE = """
            # templates

            This folder is empty on purpose: mails and pages are made with the templates that come with Broadsheet. To change one, put a file of the
            same name here, and it is used instead of the shipped one:

                templates/mail/digest/html.vm    the mail as HTML
                templates/mail/digest/text.vm    the mail as text

            A mail template of your own is a new folder under templates/mail with these two files; name it in config/newsletters.yml as `template`.
            The shipped ones to copy from are in the folder `templates` of the program, and in its jar under shipped/templates.
            """;
    private static final String FEEDS_NOTE = """
            # feeds

            What Broadsheet publishes lands here. The files are generated and replaced whole; edit none of them.
            """;
    private static final String RELEASE = """
            Harbour bridge reopens after repair

            By Ada Example
            Example Harbour Authority Public Affairs

            The harbour bridge is open again. Repair of its eastern bearing took nine days, two fewer than planned.

            “We thank everybody who took the long way round,” said the harbour master. The night buses return to their old route on Monday.

            This is a sample. Every text, Markdown or HTML file in this folder is collected as an article; delete it and put your own here.
            """;

    private NewHome() {}

    /**
     * Makes the home and answers the files that were written, relative to it.
     *
     * @throws UserError when the folder holds a home already, or anything else
     * @throws OutsideError when the file system refuses
     */
    static List<String> write(Home home) {
        refuseTaken(home);
        home.create();
        List<String> written = new ArrayList<>();
        Home.configFiles().forEach(name -> written.add(put(home, home.config(name), shipped(name))));
        written.add(put(home, home.templates().resolve("README.md"), TEMPLATES_NOTE));
        written.add(put(home, home.feeds().resolve("README.md"), FEEDS_NOTE));
        written.add(put(home, home.resolve("releases").resolve("harbour-bridge.txt"), RELEASE));
        return written;
    }

    private static void refuseTaken(Home home) {
        Path folder = home.folder();
        if (Files.exists(folder.resolve("config"))) {
            throw new UserError(
                    folder + ": there is a home already; name another folder, or work on this one with --home");
        }
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": is a file; name a folder that is empty or not there yet");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new UserError(folder + ": is not empty; name a folder that is empty or not there yet");
            }
        } catch (IOException e) {
            throw new OutsideError(folder + ": cannot be read; give this user the right to", false, e);
        }
    }

    private static String shipped(String name) {
        String path = "/shipped/config/" + name;
        try (InputStream in = NewHome.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in the jar");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(path + " is in the jar but unreadable", e);
        }
    }

    private static String put(Home home, Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new OutsideError(file + ": cannot be written; give this user the right to write there", false, e);
        }
        return home.relative(file);
    }
}
