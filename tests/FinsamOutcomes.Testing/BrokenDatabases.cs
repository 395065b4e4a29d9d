using System.Net;
using System.Net.Sockets;
using Xunit;

namespace FinsamOutcomes.Testing;

/// <summary>Addresses that nothing can be opened at, each with the words that whoever runs a program is to be told.</summary>
public static class BrokenDatabases
{
    /// <summary>The kinds, for a theory.</summary>
    public static TheoryData<string> Kinds =>
        [
            "saknas",
            "tom fil",
            "annat program",
            "halv fil",
            "ingen databas",
            "mapp",
            "server svarar inte",
            "server utan databas",
            "serverns egen databas",
            "okrypterad server",
            "felskriven adress",
            "felskriven anslutning",
        ];

    /// <summary>Makes one of the kinds in a folder.</summary>
    public static async Task<(string Address, string Words)> MakeAsync(string kind, string folder)
    {
        var path = Path.Combine(folder, "finsam.sqlite");
        switch (kind)
        {
            case "saknas":
                return ("sqlite:" + path, $"Det finns ingen databas i {path}.");
            case "tom fil":
                await File.WriteAllBytesAsync(path, []);
                return ("sqlite:" + path, $"Det finns ingen databas i {path}.");
            case "annat program":
                await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
                {
                    await connection.OpenAsync();
                    await using var command = connection.CreateCommand();
                    command.CommandText = "CREATE TABLE bokforing (id INTEGER)";
                    await command.ExecuteNonQueryAsync();
                }

                return ("sqlite:" + path, "hör till ett annat program");
            case "halv fil":
                await using (var test = await TestDatabase.CreateAsync("sqlite"))
                {
                    var whole = await File.ReadAllBytesAsync(test.Address["sqlite:".Length..]);
                    await File.WriteAllBytesAsync(path, whole[..((whole.Length / 2) - 100)]);
                }

                return ("sqlite:" + path, "är ingen databas, eller så är den skadad");
            case "ingen databas":
                await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("deltagarkod;insats\n", 400)));
                return ("sqlite:" + path, "är ingen databas, eller så är den skadad");
            case "mapp":
                return ("sqlite:" + folder, "");
            case "server svarar inte":
                return (
                    $"sqlserver:Server=127.0.0.1,{FreePort()};Database=finsam;User Id=x;Password=x;Connect Timeout=3;ConnectRetryCount=0",
                    "Databasservern svarar inte");
            case "server utan databas":
                return ("sqlserver:Server=localhost;User Id=x;Password=x", "Database=");
            case "serverns egen databas":
                return ("sqlserver:Server=localhost;Database=master;User Id=x;Password=x", "serverns egen databas");
            case "okrypterad server":
                return ("sqlserver:Server=db.exempel.invalid;Database=finsam;User Id=x;Password=x;Encrypt=false", "inte krypterad");
            case "felskriven adress":
                return (path, "sqlite:SÖKVÄG");
            default:
                return ("sqlserver:Server=localhost;Databas=finsam", "går inte att tolka");
        }
    }

    /// <summary>A port of this computer that nobody answers at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
