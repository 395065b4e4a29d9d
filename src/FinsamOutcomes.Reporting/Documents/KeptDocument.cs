using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// A report as bytes to keep, and back: the same document again to the last decimal, so that its files are the same whenever they
/// are made. JSON, compressed by Brotli; each kind of block and figure by its name.
/// </summary>
public static class KeptDocument
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds, LeaveOutNulls } },
    };

    public static byte[] Write(ReportDocument document)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
            JsonSerializer.Serialize(brotli, document, s_json);
        return buffer.ToArray();
    }

    /// <exception cref="JsonException">The bytes are no document.</exception>
    public static ReportDocument Read(byte[] kept)
    {
        using var brotli = new BrotliStream(new MemoryStream(kept), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ReportDocument>(brotli, s_json) ?? throw new JsonException("There is no document.");
    }

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(ReportBlock) && type.Type != typeof(Figure))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var kind in type.Type.Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(type.Type)).OrderBy(t => t.Name, StringComparer.Ordinal))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
    }

    private static void LeaveOutNulls(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => !p.IsRequired))
            property.ShouldSerialize = (_, value) => value is not null;
    }
}
