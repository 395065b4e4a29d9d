using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Tests.Figures;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// Fifty thousand figures from eight threads, every tenth as PNG: each has the bytes that it had when it was drawn alone,
/// the process lives, and its memory does not grow. The figures are those of the tests' gallery, every kind in every state.
/// </summary>
internal static class FiguresCase
{
    private const int Figures = 50_000;
    private const int Threads = 8;
    private const int Rounds = 10;
    private const double MostGrowth = 1.2;

    public static CaseResult Run(Bench bench)
    {
        var drawings = Gallery.All
            .SelectMany(f => Enum.GetValues<FigureWidth>().Select(w => (Func<byte[]>)(() => Encoding.UTF8.GetBytes(FigureRenderer.Svg(f, w)))))
            .ToList();
        var pictures = Gallery.All.Select(f => (Func<byte[]>)(() => FigureRenderer.Png(f))).ToList();
        var (drawn, packed) = (drawings.ConvertAll(d => SHA256.HashData(d())), pictures.ConvertAll(p => SHA256.HashData(p())));
        var perRound = Math.Max(1, (bench.Rows ?? Figures) / Rounds);
        var (other, memory, peak) = (0, new List<long>(), 0L);
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {round * perRound} …"));
            var first = round * perRound;
            var threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
            {
                for (var i = first + t; i < first + perRound; i += Threads)
                {
                    var (isPicture, number) = (i % 10 == 0, i % 10 == 0 ? i / 10 : i);
                    var bytes = isPicture ? pictures[number % pictures.Count]() : drawings[number % drawings.Count]();
                    if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(isPicture ? packed[number % packed.Count] : drawn[number % drawn.Count]))
                        Interlocked.Increment(ref other);
                }
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            peak = Math.Max(peak, Environment.WorkingSet);
            // What is left when all that nobody holds is gone: only what leaks can grow.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            memory.Add(Environment.WorkingSet);
        }

        // Against half-way, when everything has been drawn many times and what is kept on purpose is kept: not told by a few.
        var growth = (double)memory[^1] / memory[(Rounds / 2) - 1];
        return new CaseResult(
            [],
            [
                string.Create(CultureInfo.InvariantCulture, $"{perRound * Rounds} figures from {Threads} threads in {clock.Elapsed.TotalSeconds:0} s, ")
                    + $"every tenth as PNG; {other} with other bytes than when drawn alone.",
                $"Memory after each tenth of them: {string.Join(", ", memory.Select(m => m >> 20))} MB; "
                    + $"the last is {ResultTable.Number(growth)} of that half-way. Largest before collecting: {peak >> 20} MB.",
                $"The same on every machine of one kind, with or without fonts: {drawn.Count} SVG {Sum(drawn)}, {packed.Count} PNG {Sum(packed)}.",
            ])
        { IsFailed = other > 0 || (perRound >= Figures / Rounds && growth > MostGrowth) };
    }

    private static string Sum(List<byte[]> hashes) => Convert.ToHexStringLower(SHA256.HashData([.. hashes.SelectMany(h => h)]))[..16];
}
