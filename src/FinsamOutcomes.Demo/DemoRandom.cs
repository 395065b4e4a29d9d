namespace FinsamOutcomes.Demo;

/// <summary>Random draws that are the same every time: a seeded <see cref="Random"/> keeps its sequence between .NET versions.</summary>
internal sealed class DemoRandom(int seed)
{
#pragma warning disable CA5394 // Invented data, nothing secret.
    private readonly Random _random = new(seed);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int from, int to) => _random.Next(from, to + 1);

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>A number of events when <paramref name="mean"/> are expected (Knuth's method; for means below 20).</summary>
    public int Poisson(double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), _random.NextDouble(), 0);
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }

    public T Pick<T>(IReadOnlyList<(T Value, double Weight)> choices)
    {
        var left = _random.NextDouble() * choices.Sum(c => c.Weight);
        foreach (var (value, weight) in choices)
        {
            left -= weight;
            if (left < 0)
                return value;
        }

        return choices[^1].Value;
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
#pragma warning restore CA5394
}
