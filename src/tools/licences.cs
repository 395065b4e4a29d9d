#:property PublishAot=false
#:property RuntimeIdentifiers=
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
// Writes LICENSER.txt into a published folder: each package in it with its version, licence, copyright and the licence's
// words, and those of what lies in the program without being a package (fonts, the style sheet). In the folder's sbom.json
// it leaves the components that are there, and adds those that are no package.
//   dotnet run src/tools/licences.cs -- FOLDER
// A package whose licence can't be told stops it.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

if (args is not [var folder] || Directory.GetFiles(folder, "*.deps.json") is not [var deps])
{
    Console.Error.WriteLine("dotnet run src/tools/licences.cs -- FOLDER, where one program is published");
    return 1;
}

var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
using var shipped = JsonDocument.Parse(File.ReadAllText(deps));
var parts = new List<(string Name, string Words)>();
var unknown = new List<string>();
foreach (var library in shipped.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package"))
{
    var package = Path.Combine(packages, library.Value.GetProperty("path").GetString()!);
    var metadata = XDocument.Load(Directory.GetFiles(package, "*.nuspec").Single()).Root!.Elements().First().Elements().ToLookup(e => e.Name.LocalName);
    var licence = metadata["license"].FirstOrDefault();
    var expression = licence?.Attribute("type")?.Value == "expression" ? licence.Value : null;

    // The package's own words where it has them (those of the drawing lie in a folder), else those of the licence that it names.
    var own = Directory.EnumerateFiles(package, "*", SearchOption.AllDirectories).Where(IsLicence).Order(StringComparer.Ordinal).ToList();
    var words = own.Count > 0 ? own : [.. (expression ?? "").Split(" OR ").Select(name => $"src/tools/licences/{name}.txt").Where(File.Exists).Take(1)];
    if (words.Count == 0)
        unknown.Add(library.Name);
    var whose = metadata["copyright"].FirstOrDefault()?.Value ?? metadata["authors"].FirstOrDefault()?.Value;
    Add($"{library.Name.Replace('/', ' ')}{(expression is null ? "" : $" – {expression}")}{(whose is null ? "" : $" – {whose}")}", words);
}

// What is in the program without being a package; a licence that lies in the source and isn't told of here stops it too.
var beside = new List<(string Name, string Version, string Licence, string Words)>
{
    ("Liberation Sans", "2.1.5", "OFL-1.1", Path.Combine("src", "FinsamOutcomes.Reporting", "Figures", "Drawing", "Fonts", "OFL.txt")),
};
unknown.AddRange(Directory.EnumerateFiles("src", "*", SearchOption.AllDirectories).Where(f => IsLicence(f) && IsOurs(f)).Except(beside.Select(b => b.Words)));
if (Directory.Exists(Path.Combine(folder, "wwwroot", "fkui")))
{
    foreach (var sheet in Directory.GetDirectories("src/FinsamOutcomes.Web/node_modules/@fkui").Order(StringComparer.Ordinal))
    {
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(sheet, "package.json")))!;
        beside.Add(((string)package["name"]!, (string)package["version"]!, (string)package["license"]!, Directory.GetFiles(sheet).Single(IsLicence)));
    }
}

foreach (var (name, version, licence, words) in beside)
    Add($"{name} {version} – {licence}", [words]);

if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Licence unknown: {string.Join(", ", unknown)}. Add its words to src/tools/licences.");
    return 1;
}

// Words that many share stand once, below their names.
var text = new StringBuilder("Det som följer med i programmet, och dess licenser. Programmets egen licens står i LICENSE.\n");
foreach (var same in parts.GroupBy(p => p.Words, p => p.Name))
    text.Append('\n').Append('=', 80).Append('\n').AppendJoin('\n', same).Append("\n\n").Append(same.Key).Append('\n');
File.WriteAllText(Path.Combine(folder, "LICENSER.txt"), text.ToString());
File.Copy("LICENSE", Path.Combine(folder, "LICENSE"), overwrite: true);

// The list is of all that is restored: also what only other systems need, and what the runtime has of its own.
var list = Path.Combine(folder, "sbom.json");
var components = JsonNode.Parse(File.ReadAllText(list))!.AsObject();
var there = shipped.RootElement.GetProperty("libraries").EnumerateObject()
    .Select(l => $"pkg:nuget/{l.Name.Replace('/', '@')}")
    .ToHashSet(StringComparer.OrdinalIgnoreCase);
bool IsThere(string reference) => !reference.StartsWith("pkg:nuget/", StringComparison.Ordinal) || there.Contains(reference);
var kept = components["components"]!.AsArray().Where(c => IsThere((string)c!["bom-ref"]!)).Select(c => c!.DeepClone());
var added = beside.Select(b => (JsonNode)new JsonObject
{
    ["type"] = "library",
    ["bom-ref"] = $"{b.Name}@{b.Version}",
    ["name"] = b.Name,
    ["version"] = b.Version,
    ["scope"] = "required",
    ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = b.Licence } }),
});
components["components"] = new JsonArray([.. kept, .. added]);
var needs = components["dependencies"]!.AsArray().Where(d => IsThere((string)d!["ref"]!)).Select(d => d!.DeepClone()).ToList();
foreach (var on in needs.Select(d => d["dependsOn"]).OfType<JsonArray>())
    on.RemoveAll(reference => !IsThere((string)reference!));
components["dependencies"] = new JsonArray([.. needs]);
var layout = new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
File.WriteAllText(list, components.ToJsonString(layout) + "\n");
return 0;

void Add(string name, IEnumerable<string> files)
{
    foreach (var file in files)
        parts.Add((name, File.ReadAllText(file).ReplaceLineEndings("\n").Trim()));
}

static bool IsLicence(string file) =>
    Path.GetExtension(file).ToUpperInvariant() is "" or ".TXT" or ".MD"
    && Path.GetFileName(file).ToUpperInvariant() is var name
    && (name.StartsWith("LICENSE", StringComparison.Ordinal)
        || name.StartsWith("LICENCE", StringComparison.Ordinal)
        || name.StartsWith("NOTICE", StringComparison.Ordinal)
        || name.StartsWith("THIRD-PARTY-NOTICE", StringComparison.Ordinal)
        || name.StartsWith("THIRDPARTYNOTICE", StringComparison.Ordinal)
        || name.StartsWith("OFL", StringComparison.Ordinal));

static bool IsOurs(string file) => !file.Split('/', '\\').Any(part => part is "obj" or "bin" or "node_modules");
