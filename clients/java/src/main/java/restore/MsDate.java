package restore;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of the API's dates, such as {@code /Date(1357151359000-0600)/}. */
public record MsDate(@JsonValue String text) {
  private static final Pattern FORM = Pattern.compile("/Date\\((-?\\d{1,14})([+-]\\d{4})?\\)/");

  @JsonCreator
  public MsDate {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("invalid date '" + text + "': expected something like /Date(1357151359000)/");
    }
  }

  /** Returns the instant; empty for .NET's minimum date, which means "none". */
  public Optional<Instant> instant() {
    var found = FORM.matcher(text);
    found.matches();
    var milliseconds = Long.parseLong(found.group(1));
    return milliseconds < -62135510400000L ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
  }
}
