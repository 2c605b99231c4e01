import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Prints what Xerces says about documents, as JSON: java RecordXerces.java SCHEMA FOLDER.
 *
 * Every *.xml of the folder is held against the schema; all errors are kept, in Xerces' order.
 */
public class RecordXerces {
    public static void main(String[] arguments) throws Exception {
        System.setProperty("user.language", "en");
        java.util.Locale.setDefault(java.util.Locale.ENGLISH);
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new File(arguments[0]));
        File[] files = new File(arguments[1]).listFiles((folder, name) -> name.endsWith(".xml"));
        Arrays.sort(files);
        List<String> entries = new ArrayList<>();
        for (File file : files) {
            String name = file.getName().replaceAll("\\.xml$", "");
            List<String> said = new ArrayList<>();
            for (String message : errors(schema.newValidator(), file)) {
                said.add("\n    " + quoted(message));
            }
            entries.add("  " + quoted(name) + ": [" + String.join(",", said)
                    + (said.isEmpty() ? "]" : "\n  ]"));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("{\n" + String.join(",\n", entries) + "\n}");
    }

    private static List<String> errors(Validator validator, File file) throws Exception {
        List<String> found = new ArrayList<>();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException problem) {
                found.add(problem.getMessage());
            }

            @Override
            public void error(SAXParseException problem) {
                found.add(problem.getMessage());
            }

            @Override
            public void fatalError(SAXParseException problem) throws SAXException {
                found.add(problem.getMessage());
                throw problem;
            }
        });
        try {
            validator.validate(new StreamSource(file));
        } catch (SAXParseException problem) {
            // it stands among the errors already
        }
        return found;
    }

    private static String quoted(String text) {
        StringBuilder made = new StringBuilder("\"");
        for (char sign : text.toCharArray()) {
            if (sign == '"' || sign == '\\') {
                made.append('\\').append(sign);
            } else if (sign < ' ') {
                made.append(String.format("\\u%04x", (int) sign));
            } else {
                made.append(sign);
            }
        }
        return made.append('"').toString();
    }
}
