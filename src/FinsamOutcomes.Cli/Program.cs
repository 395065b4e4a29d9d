Console.WriteLine("finsam");
