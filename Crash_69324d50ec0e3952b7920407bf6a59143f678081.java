import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_69324d50ec0e3952b7920407bf6a59143f678081 {
    static final String base64Bytes = String.join("", "PG91dGxpbnRlIiB0ZXh0PTwvYm9keXA7IEMiIHhtbFVybD0iaHR0cFM6Ly+ubmV3hNGah54BOmZwbJoub3IgeG1sbnM6w6f///8k////////////////////////////////////////////////////////////////////////////w6fDcmw9Imh0dHBtbD4=");

    public static void main(String[] args) throws Throwable {
        Crash_69324d50ec0e3952b7920407bf6a59143f678081.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.broadsheet.source.OpmlFuzz.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.broadsheet.source.OpmlFuzz.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.broadsheet.source.OpmlFuzz.fuzzerTestOneInput(input);
    }
}