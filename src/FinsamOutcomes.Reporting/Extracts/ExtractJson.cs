using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FinsamOutcomes.Reporting.Extracts;

/// <summary>Writes an extract as JSON (UTF-8): sections with entries, and in each entry what a thing is called and what it is.</summary>
public static class ExtractJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static byte[] Write(Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("rubrik", extract.Title);
            json.WriteString("forbund", extract.Forbund);
            json.WriteString("deltagare", extract.Code);
            json.WriteString("uttaget", extract.ReadAt.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            json.WriteStartArray("avsnitt");
            foreach (var section in extract.Sections)
            {
                json.WriteStartObject();
                json.WriteString("rubrik", section.Title);
                if (section.Note is { } note)
                    json.WriteString("anmarkning", note);
                json.WriteStartArray("poster");
                foreach (var entry in section.Entries)
                    Write(json, entry);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // A list of facts and not an object with their labels as names: a label may stand twice.
    private static void Write(Utf8JsonWriter json, ExtractEntry entry)
    {
        json.WriteStartObject();
        if (entry.Title is { } title)
            json.WriteString("rubrik", title);
        json.WriteStartArray("uppgifter");
        foreach (var fact in entry.Facts)
        {
            json.WriteStartObject();
            json.WriteString("uppgift", fact.Label);
            json.WriteString("varde", fact.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
