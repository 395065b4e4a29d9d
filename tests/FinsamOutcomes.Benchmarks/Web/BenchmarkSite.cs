using System.Globalization;
using FinsamOutcomes.Benchmarks.Cases;
using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FinsamOutcomes.Benchmarks.Web;

/// <summary>The real host, in this process, on an SQLite database with the invented förbund.</summary>
internal sealed class BenchmarkSite : IAsyncDisposable
{
    /// <summary>Four participations of five begin with a new person: this many make 100 000 people.</summary>
    public const int Participations = 125_000;

    private const string Password = "en lång promenad i regnet";

    private readonly WebApplication _app;
    private string? _hash;

    private BenchmarkSite(WebApplication app, int forbundId, string databasePath, IReadOnlyList<int> insatser) =>
        (_app, ForbundId, DatabasePath, Insatser, Address) = (app, forbundId, databasePath, insatser, new Uri(app.Urls.First()));

    public Uri Address { get; }

    public int ForbundId { get; }

    public string DatabasePath { get; }

    /// <summary>Twenty, of one size.</summary>
    public IReadOnlyList<int> Insatser { get; }

    public FinsamDatabase Database => Get<FinsamDatabase>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts on a database of so many participations, that is filled the first time it is asked for.</summary>
    public static async Task<BenchmarkSite> StartAsync(Bench bench, WebSettings? settings = null, int stays = Participations)
    {
        stays = bench.Rows ?? stays;
        var path = bench.PathOf($"webb-{stays}.sqlite");
        if (!File.Exists(path))
        {
            Console.Error.WriteLine("  filling the database …");
            await InventedDatabase.FillAsync("sqlite:" + path, stays, hasNames: true);
        }

        var app = await FinsamWeb.CreateAsync(
            (settings ?? new WebSettings()) with
            {
                Address = "sqlite:" + path,
                Urls = "http://127.0.0.1:0",
                TriesPerMinute = 100_000,
            });
        await app.StartAsync();
        var forbund = (await app.Services.GetRequiredService<ForbundStore>().AllAsync()).Single().Id;
        var insatser = (await app.Services.GetRequiredService<InsatsStore>().TreeAsync(forbund))
            .SelectMany(node => node.Delprojekt.Append(node))
            .Select(node => node.Insats.Id)
            .Order()
            .ToList();
        return new BenchmarkSite(app, forbund, path, insatser);
    }

    /// <summary>A caseworker of these insatser, signed in through the form.</summary>
    public Task<Visitor> SignInAsync(string name, params IReadOnlyCollection<int> insatser) => SignInAsync(Role.Caseworker, name, insatser);

    /// <summary>Somebody with a role, signed in through the form.</summary>
    public async Task<Visitor> SignInAsync(string role, string name, params IReadOnlyCollection<int> insatser)
    {
        var userName = $"{name}@exempel.invalid";
        _hash ??= Get<IPasswordHasher<AppUser>>().HashPassword(null!, Password);
        await Get<UserStore>()
            .AddAsync(
                new NewUser
                {
                    ForbundId = ForbundId,
                    UserName = userName,
                    DisplayName = $"Prov {name}",
                    PasswordHash = _hash,
                    Roles = [role],
                    InsatsIds = insatser,
                });
        var visitor = new Visitor(Address, userName);
        var answer = await visitor.SendAsync(
            await visitor.FormAsync("/logga-in", "Input.Password"),
            ("Input.UserName", userName),
            ("Input.Password", Password));
        return answer.Location is not null ? visitor : throw new InvalidOperationException("The sign-in was refused.");
    }

    /// <summary>A page of the förbund.</summary>
    public string Page(string path) => string.Create(CultureInfo.InvariantCulture, $"/f/{ForbundId}/{path}");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
