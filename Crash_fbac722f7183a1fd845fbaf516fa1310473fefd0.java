import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_fbac722f7183a1fd845fbaf516fa1310473fefd0 {
    static final String base64Bytes = String.join("", "PHJzcyB2ZXJzaW9uPSIyLjAiIHhtbG5zPSJodHRwOi8vYmFja2VuZC51c2VybGFuZC5jb20vcnNzMiI+PGNoYW5uZWw+4t0AAAAAAAB3bjwvW2l0bGU+PGxpbms+aHR0cHM6Ly9uZXdzLmV4YW1wbGUub3JnLzwvbGluaz48ZGVzY3JpcHRpb24vPjxpdGVtPjx0aXRsZT5BPC90aXRsZT48bGluazw/eG1sIHZlcnNpbyhuPSIxLjAiIGVuY29kaW5nPSJVVEYtOCI/Pgo8cnNzID5odHRwczovL25ld3MuZXhhbXBsZS5vcmcvYTwvbGluaz48cHViRGF0ZT4yMDI1LTAzLTA0PC9wdWJEYXRlPjwvaXQ8ZmVlZD48dGl0bGU+UDxlbT48L2MvdGl0bGU+PGlkPng8L2lkPjxlbnRyeT48dGl0bGU+QTwvdGl0bGU+PGlkPjE8L2lkPjwKPGl0ZW0+PHRpdGxlPkE8L3RpdGxlPjxsaW5rPmh2ZXJzaW9uvSIyLjAiPgo8Y2hhbm5lbD48////////////////////////////////////////////////////////////////////////////Ri04Ij8+Cjxyc3MgdmVyc2lvbj0iMi4wIj4KPGNoYW5uZWw+PHRpdGxlPkijjWJvdXIgbmV3czwvdGl0bGU+PGxpYXJib3VyIG5ld3M8L3RpdHdzPC9kZXNjcmlwdGlvbj48bGFuZ3VhZ2U+ZW4tZ2I8L2xhbmcwYWdlPgo8aXRlbT48PmV5Qml0dGwgJm1lOyBhbmQgJmV2aWw7PC90aXRsZT48bGk8P3htbCB2ZXJzbms+aHR0cHM6Ly9uZXdzLmV4YW1wbGUub3JnLzwvbGluaz48ZGVzY3JpcHRpb24+TmV3czwvZGVzY3JpcHRpb24+PGxhbmd1YWdlPmVuLWdiPC9sYW5ndWFnZT4KPGl0ZW0+PHRpdGxlPkE8L3RpdGxlPjxndWlkPmh0dHBzOi8vbmV3cy5ld3M8L3RpdHdzPC9kZXNjcmlwdGlvbj48bGFuZ3VhZ2U+ZW4tZ2I8L2xhbmd1YWdlPgo8aXRlbT48dGl0bGU+QnkgJm1lOyBhbmQgJmV2aWw7PC90AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaXRsZT48bGk8P3htbCB2ZXJzbms+aHR0cHM6Ly9uZXdzLmV4YW1wbGUub3JnLzwvbGluaz48ZGVzY3JpcHRpb24+TmV3czwvZDJlc2NyaXB0aW9uPjxsYW5ndWFnZT5lbi1nYjwvbGFuZ3VhZ2U+CjxpdGVtPjx0aXRsZT5BPC90aXRsZT48Z3VpZD5odHRwczovL25ld3MuZXhhbXBsAQAAAAAAAIAvZ3VpZD48L2l0ZW0+PGl0ZW0+PHRpdGxlPkI8L3RpdGxlPjxndWlkIGlzUGVybWFMaW5rPSJmYWxzZSI+aHR0cHM6Ly9uZXdzLmV4YWlvbj0iMS4wIiBlbmNvZGluZz4KPGl0ZW0+PD5leUJpdHRsICZtZTsgYW5kICZldmlsOzwvdGl0bGU+PGxpPD94bWwgdmVyc25rPmh0dHBzOi8vbmV3cy5leGFtcGxlLm9yZy88L2xpbms+PGRlc2NyaXB0aW9uPk5ld3M8L2Rlc2NyaXB0aW9uPjxsYW5ndWFnZT5lbi1nYjwvbGFuZ3VhZ2U+CjxpdGVtPjx0aXRsZT5BPC90aXRsZT48Z3VpZD5odHRwczovL25ld3MuZXdzPC90aXR3czwvZGVzY3JpcHRpb24+PGxhbmd1YWdlPmVuLWdiPC9sYW5ndWFnZT4KPGl0ZW0+PHRpdGxlPkJ5ICZtZTsgYW5/ACZldmlsOzwvdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGl0bGU+PGxpPD94bWwgdmVyc25rPmh0dHBzOi8vbmV3cy5leGFtcGxlLm9yZy88L2xpbms+PGRlc2NyaXB0aW9uPk5ld3M8L2Rlc2NyaXB0aW9uPjxsYW5ndWFnZT5lbi1nYjwvbGFuZ3VhZ2U+CjxpdGVtPjx0aXRsZT5BPC90aXRsZT48Z3VpZD5odHRwczovL25ld3MuZXhhbXBsZS5vcmcvYTwvZ3VpZD48L2l0ZW0+PGl0ZW0+PHRpdGxlPkI8L3RpdGxlPjxndWk9IlVuaz5odHRwczovL25ld3MuZXhhZXhhbXBsZS5vcmcvYTs8L3RpdGxlPjxsaTw/eG1sIHZlcnNuaz5odHRwczovL25ld3MuZXhhbXBsZS5vcmcvPC9saW5rPjxkZXNjcmlwdGlvbj5OZXdzPC9kZXNjcmlwdGlvbj48bGFuZ3VhZ2U+ZW4tZ2I8L2xhbmd1YWdlPgo8aXRlbT48dGl0bGU+QTwvdGl0bGU+PGd1aWQ+aHR0cHM6Ly9uZXdzLmV4YW1wbGUub3JnL2E8L2d1aWQ+PC9pdGVtPjxpdGVtPjx0aXRsZT5CPC90aXRsZT48Z3VpZCBpc1Blcm1hTGluaz0iZmFsc2UiPmh0dHBzOi8vbmV3cy5leGFpb249IjEuMCIgZW5jb2Rpbmc9IlVuaz5odHRwczovL25ld3MuZXhhZXhhbXBsZS5vcmcvYTwvZ3VpZD48L2l0ZW0+PGl0ZW0+PHRpdGxldGVtPjxpdGVtPjx0aXRsZT5CPC90aXRsZT48Z3VpZCBpc1Blcm1hTGluaz0iZmFsc2UiPmh0dHBzOi8vbmV3c2h0dHBz4oCoIjEuMCIgZW5jb2Rpbmc9IlVuaz5odHRwczovL25ld3MuZXhhMHBsZS5vcmcvYTwvbGluaz48L2l0ZW0+CjwvY2hhbm5lbD4KPC9yc3M+ClxGLTgiPzIuMCI+CjxjaGFubmVsPjx0aXRsZT5Io41ib3VyIG5ld3M8L3RpdGxlPjxsaW5rPmh0dHBzOi8vbmV3cy5leGFtbXBsZS5vcmcvYjwvZ3VpZD48L2l0ZW0+CnBsZS5vcmcvPC9saW5rPjxkZXNjcmlwdGlvbj5OZXdzPC9kZXNjcmlwdGlvbj48bGFuZ3VhPC9jaGFubmVsPm8veCIgbGVuZ3RoZ3VhPQ==");

    public static void main(String[] args) throws Throwable {
        Crash_fbac722f7183a1fd845fbaf516fa1310473fefd0.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.broadsheet.source.FeedFuzz.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.broadsheet.source.FeedFuzz.class.getMethod("fuzzerInitialize", String[].class);
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
        io.broadsheet.source.FeedFuzz.fuzzerTestOneInput(input);
    }
}